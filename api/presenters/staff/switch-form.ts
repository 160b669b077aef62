import { phrase } from '../../../locales/phrases.js';
import type { Site } from '../../../models/servers/site.js';
import type { Language } from '../../../rules/accounts/languages.js';
import { authProtocols, portSpeeds, privProtocols } from '../../forms/staff/switch.js';
import { portSpeed } from '../network/port-speed.js';
import { addressOfSwitch } from './switches.js';

export interface SwitchFormInput {
  readonly sites: readonly Site[];
  /** The switch that is changed; none where one is added. */
  readonly name: string | undefined;
  readonly typed: Readonly<Record<string, string>>;
  readonly wrong: readonly { readonly field: string; readonly problem: string }[];
}

/** How makes name their ports, where they number them from one. */
const beginnings = [
  { label: 'Arista', value: 'Ethernet' },
  { label: 'Cisco Nexus, Arista 7500', value: 'Ethernet1/' },
  { label: 'Cisco Catalyst', value: 'GigabitEthernet1/0/' },
  { label: 'Dell OS10', value: 'ethernet1/1/' },
  { label: 'HPE Aruba CX', value: '1/1/' },
  { label: 'MikroTik', value: 'ether' },
  { label: 'NVIDIA Cumulus', value: 'swp' },
];

const secrets = { community: '', authKey: '', privKey: '' };

export function presentSwitchForm(language: Language, { sites, name, typed, wrong }: SwitchFormInput) {
  const says = (key: string, values = {}) => phrase(language, `inventory:switchForm.${key}`, values);
  const problems = new Map(
    wrong.map(({ field, problem }) => [
      field === 'secret' ? 'version' : field,
      says(problem === 'taken' || problem === 'moved' ? problem : `wrong.${field}`),
    ]),
  );
  const chosen = (field: string, usual: string) => typed[field] ?? usual;
  const options = (field: string, values: readonly string[], usual: string, label: (value: string) => string) =>
    values.map((value) => ({ value, label: label(value), chosen: value === chosen(field, usual) }));
  const crumb = { label: phrase(language, 'inventory:switches.title'), address: '/staff/switches' };
  const action = name ? addressOfSwitch(name) : '/staff/switches';
  return {
    title: name ? says('changeTitle', { name }) : says('addTitle'),
    sub: name ? says('changeSub') : says('addSub'),
    crumbs: name ? [crumb, { label: name, address: action }] : [crumb],
    isNew: !name,
    action,
    back: action,
    typed: { port: '161', firstIndex: '1', count: '48', ...typed, ...secrets },
    wrong: Object.fromEntries(problems),
    errors: problems.size ? [...problems].map(([field, text]) => ({ field, text })) : undefined,
    beginnings,
    secretHint: says(name ? 'secretKept' : 'secretSealed'),
    sites: sites.map(({ id, code, city }) => ({ value: id, label: `${code} · ${city}`, chosen: id === typed.site })),
    versions: options('version', ['2c', '3'], '2c', (version) =>
      phrase(language, `inventory:switches.version.${version}`),
    ).map((version) => ({ ...version, detail: says(`asks.${version.value}`) })),
    speeds: options('speed', portSpeeds.map(String), '10000', (mbit) => portSpeed(language, Number(mbit))),
    authProtocols: options('authProtocol', authProtocols, 'sha256', (protocol) => protocol.toUpperCase()),
    privProtocols: options('privProtocol', privProtocols, 'aes', (protocol) => protocol.toUpperCase()),
  };
}

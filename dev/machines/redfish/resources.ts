import { createHash } from 'node:crypto';
import type { Machine } from '../machine.js';
import { powerState } from '../machine-state.js';

export const ROOT = '/redfish/v1';
export const resetTypes = [
  'On',
  'ForceOn',
  'ForceOff',
  'GracefulShutdown',
  'GracefulRestart',
  'ForceRestart',
  'PowerCycle',
  'PushPowerButton',
] as const;
export type ResetType = (typeof resetTypes)[number];
export const bootTargets = ['None', 'Pxe', 'Hdd', 'BiosSetup'] as const;

const link = (path: string) => ({ '@odata.id': `${ROOT}${path}` });
const resource = (path: string, type: string, Id: string, Name: string) => ({
  ...link(path),
  '@odata.type': `#${type}`,
  Id,
  Name,
});

export function serviceRoot(): object {
  return {
    ...resource('/', 'ServiceRoot.v1_16_0.ServiceRoot', 'RootService', 'Pretend machines'),
    RedfishVersion: '1.20.0',
    Systems: link('/Systems'),
    Chassis: link('/Chassis'),
    SessionService: link('/SessionService'),
    Links: { Sessions: link('/SessionService/Sessions') },
  };
}

export function sessionService(): object {
  return {
    ...resource('/SessionService', 'SessionService.v1_1_9.SessionService', 'SessionService', 'Sessions'),
    ServiceEnabled: true,
    SessionTimeout: 1_800,
    Sessions: link('/SessionService/Sessions'),
  };
}

export function collection(path: string, type: string, members: readonly string[]): object {
  return {
    ...link(path),
    '@odata.type': `#${type}Collection.${type}Collection`,
    Name: `${type} collection`,
    'Members@odata.count': members.length,
    Members: members.map((member) => link(`${path}/${member}`)),
  };
}

/** DSP0268, ComputerSystem; `serial` is what the service processor says, which may be another machine's. */
export function computerSystem({ known, state }: Machine, serial = known.serial): object {
  const path = `/Systems/${known.id}`;
  const { boot, stage } = state;
  return {
    ...resource(path, 'ComputerSystem.v1_22_0.ComputerSystem', known.id, known.id),
    SystemType: 'Physical',
    Manufacturer: 'Quartermaster',
    Model: known.model,
    SerialNumber: serial,
    UUID: known.uuid,
    PowerState: powerState(state),
    Status: { State: 'Enabled', Health: stage === 'halted' ? 'Warning' : 'OK' },
    Boot: { ...boot, 'BootSourceOverrideTarget@Redfish.AllowableValues': bootTargets },
    EthernetInterfaces: link(`${path}/EthernetInterfaces`),
    LogServices: link(`${path}/LogServices`),
    Links: { Chassis: [link(`/Chassis/${known.id}`)] },
    Actions: {
      '#ComputerSystem.Reset': {
        target: `${ROOT}${path}/Actions/ComputerSystem.Reset`,
        'ResetType@Redfish.AllowableValues': resetTypes,
      },
    },
  };
}

export function ethernetInterface({ known }: Machine): object {
  return {
    ...resource(
      `/Systems/${known.id}/EthernetInterfaces/1`,
      'EthernetInterface.v1_12_1.EthernetInterface',
      '1',
      'First network card',
    ),
    MACAddress: known.mac,
    PermanentMACAddress: known.mac,
    SpeedMbps: 10_000,
  };
}

export function chassis({ known, state }: Machine): object {
  return {
    ...resource(`/Chassis/${known.id}`, 'Chassis.v1_25_0.Chassis', known.id, known.id),
    ChassisType: 'RackMount',
    Model: known.model,
    SerialNumber: known.serial,
    PowerState: powerState(state),
    Sensors: link(`/Chassis/${known.id}/Sensors`),
    Links: { ComputerSystems: [link(`/Systems/${known.id}`)] },
  };
}

export const sensorNames = ['CPUTemp', 'InletTemp', 'FanSpeed', 'PowerDraw'] as const;

/** Warm and busy while it is on, cool and still while it is off. */
export function sensor({ known, state }: Machine, name: (typeof sensorNames)[number]): object {
  const on = powerState(state) === 'On';
  const working = state.stage === 'installing' || state.stage === 'running';
  const readings = {
    CPUTemp: { ReadingType: 'Temperature', ReadingUnits: 'Cel', Reading: working ? 58 : on ? 41 : 23 },
    InletTemp: { ReadingType: 'Temperature', ReadingUnits: 'Cel', Reading: 23 },
    FanSpeed: { ReadingType: 'Rotational', ReadingUnits: '{rev}/min', Reading: on ? 6_200 : 0 },
    PowerDraw: { ReadingType: 'Power', ReadingUnits: 'W', Reading: working ? 210 : on ? 130 : 12 },
  };
  return {
    ...resource(`/Chassis/${known.id}/Sensors/${name}`, 'Sensor.v1_9_0.Sensor', name, name),
    ...readings[name],
    Status: { State: 'Enabled', Health: 'OK' },
  };
}

export function systemEventLog({ known }: Machine): object {
  const path = `/Systems/${known.id}/LogServices/SEL`;
  return {
    ...resource(path, 'LogService.v1_5_0.LogService', 'SEL', 'System event log'),
    ServiceEnabled: true,
    LogEntryType: 'SEL',
    OverWritePolicy: 'WrapsWhenFull',
    Entries: link(`${path}/Entries`),
  };
}

export function eventEntries({ known, state }: Machine): object {
  const path = `/Systems/${known.id}/LogServices/SEL/Entries`;
  const entries = state.log.map(({ id, at, message, severity }) => ({
    ...resource(`${path}/${id}`, 'LogEntry.v1_16_0.LogEntry', String(id), `Entry ${id}`),
    EntryType: 'SEL',
    Created: at,
    Message: message,
    Severity: severity,
  }));
  return { ...collection(path, 'LogEntry', []), 'Members@odata.count': entries.length, Members: entries };
}

export function etagOf(body: object): string {
  return `W/"${createHash('sha256').update(JSON.stringify(body)).digest('hex').slice(0, 16)}"`;
}

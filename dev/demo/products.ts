import type { ProductFact } from '../../models/catalogue/product.js';
import type { Texts } from '../../models/catalogue/product-category.js';

export interface DemoChoice {
  readonly key: string;
  readonly name: string | Texts;
  readonly remark?: string | Texts;
  readonly monthMinor?: number;
  readonly ipv4PrefixLength?: number;
}

export interface DemoProduct {
  readonly slug: string;
  readonly category: 'servers' | 'storage';
  readonly name: string;
  readonly position: number;
  readonly monthMinor: number;
  readonly purpose: Texts;
  readonly description: Texts;
  readonly facts: readonly ProductFact[];
  readonly memory: readonly DemoChoice[];
  readonly disks: readonly DemoChoice[];
  readonly uplink: readonly DemoChoice[];
}

const overTraffic = { en: 'then €1.90 a TB', fr: 'puis 1,90 € par To', uk: 'далі 1,90 € за ТБ' };
const gigabit = (terabytes: number): DemoChoice => ({
  key: '1g',
  name: {
    en: `1 Gbit/s, ${terabytes} TB`,
    fr: `1 Gbit/s, ${terabytes} To`,
    uk: `1 Гбіт/с, ${terabytes} ТБ`,
  },
  remark: overTraffic,
});
const tenGigabit: DemoChoice = {
  key: '10g',
  name: { en: '10 Gbit/s, 95th percentile', fr: '10 Gbit/s, 95e centile', uk: '10 Гбіт/с, 95-й перцентиль' },
  remark: { en: '200 Mbit/s included', fr: '200 Mbit/s compris', uk: '200 Мбіт/с включено' },
  monthMinor: 60_00,
};

export const addresses: readonly DemoChoice[] = [
  {
    key: '32',
    name: { en: '1 IPv4, IPv6 /64', fr: '1 IPv4, IPv6 /64', uk: '1 IPv4, IPv6 /64' },
    ipv4PrefixLength: 32,
  },
  {
    key: '29',
    name: { en: 'IPv4 /29, IPv6 /64', fr: 'IPv4 /29, IPv6 /64', uk: 'IPv4 /29, IPv6 /64' },
    remark: { en: '5 usable', fr: '5 utilisables', uk: '5 придатних' },
    monthMinor: 12_00,
    ipv4PrefixLength: 29,
  },
];

export const systems: readonly DemoChoice[] = [
  { key: 'debian-13', name: 'Debian 13' },
  { key: 'ubuntu-26.04', name: 'Ubuntu 26.04 LTS' },
  { key: 'almalinux-10', name: 'AlmaLinux 10' },
];

function facts(processor: [string, string, string], memory: string, disks: string, uplink: string): ProductFact[] {
  const [en, fr, uk] = processor;
  const units = (text: string): Texts => ({
    en: text,
    fr: text.replaceAll(' GB', ' Go').replaceAll(' TB', ' To'),
    uk: text.replaceAll(' GB', ' ГБ').replaceAll(' TB', ' ТБ').replaceAll(' Gbit/s', ' Гбіт/с'),
  });
  return [
    { label: { en: 'Processor', fr: 'Processeur', uk: 'Процесор' }, value: { en, fr, uk } },
    { label: { en: 'Memory', fr: 'Mémoire', uk: 'Памʼять' }, value: units(memory) },
    { label: { en: 'Disks', fr: 'Disques', uk: 'Диски' }, value: units(disks) },
    { label: { en: 'Uplink', fr: 'Débit', uk: 'Канал' }, value: units(uplink) },
  ];
}

const memory = (key: string, name: string, monthMinor = 0): DemoChoice => ({
  key,
  name: { en: `${name.replace('#', 'GB')}`, fr: name.replace('#', 'Go'), uk: name.replace('#', 'ГБ') },
  monthMinor,
});
const disks = (key: string, name: string, monthMinor = 0): DemoChoice => ({
  key,
  name: {
    en: name,
    fr: name.replace(' GB', ' Go').replace(' TB', ' To'),
    uk: name.replace(' GB', ' ГБ').replace(' TB', ' ТБ'),
  },
  monthMinor,
});

export const products: readonly DemoProduct[] = [
  {
    slug: 'quay-s2',
    category: 'servers',
    name: 'Quay S2',
    position: 1,
    monthMinor: 46_00,
    purpose: {
      en: 'Mail, staging, a small shop',
      fr: 'Messagerie, préproduction, petite boutique',
      uk: 'Пошта, тестове середовище, невелика крамниця',
    },
    description: {
      en: 'Four fast cores and mirrored disks: the machine one forgets about because it runs.',
      fr: 'Quatre cœurs rapides et des disques en miroir : la machine que l’on oublie parce qu’elle tourne.',
      uk: 'Чотири швидкі ядра й дзеркальні диски: машина, про яку забувають, бо вона просто працює.',
    },
    facts: facts(
      ['Xeon E-2434, 4 cores', 'Xeon E-2434, 4 cœurs', 'Xeon E-2434, 4 ядра'],
      '32 GB ECC',
      '2 × 960 GB SSD',
      '1 Gbit/s, 10 TB',
    ),
    memory: [memory('32', '32 # DDR5 ECC'), memory('64', '64 # DDR5 ECC', 14_00)],
    disks: [disks('960', '2 × 960 GB SSD')],
    uplink: [gigabit(10)],
  },
  {
    slug: 'quay-m4',
    category: 'servers',
    name: 'Quay M4',
    position: 2,
    monthMinor: 109_00,
    purpose: {
      en: 'Web, applications, build machines',
      fr: 'Web, applications, machines de compilation',
      uk: 'Вебсайти, застосунки, збірка',
    },
    description: {
      en: 'AMD EPYC 4464P, 12 cores at 3.7 GHz, with memory that corrects its errors and NVMe disks.',
      fr: 'AMD EPYC 4464P, 12 cœurs à 3,7 GHz, mémoire à correction d’erreurs et disques NVMe.',
      uk: 'AMD EPYC 4464P, 12 ядер на 3,7 ГГц, памʼять із виправленням помилок і диски NVMe.',
    },
    facts: facts(
      ['EPYC 4464P, 12 cores', 'EPYC 4464P, 12 cœurs', 'EPYC 4464P, 12 ядер'],
      '64 GB DDR5 ECC',
      '2 × 960 GB NVMe',
      '1 Gbit/s, 20 TB',
    ),
    memory: [
      memory('64', '64 # DDR5 ECC'),
      memory('128', '128 # DDR5 ECC', 28_00),
      memory('192', '192 # DDR5 ECC', 56_00),
    ],
    disks: [
      disks('960', '2 × 960 GB NVMe'),
      disks('1920', '2 × 1.92 TB NVMe', 19_00),
      disks('3840', '2 × 3.84 TB NVMe', 44_00),
    ],
    uplink: [gigabit(20), tenGigabit],
  },
  {
    slug: 'quay-l8',
    category: 'servers',
    name: 'Quay L8',
    position: 3,
    monthMinor: 189_00,
    purpose: {
      en: 'Databases, virtual machines',
      fr: 'Bases de données, machines virtuelles',
      uk: 'Бази даних, віртуальні машини',
    },
    description: {
      en: 'Two processors with 32 cores together, for what needs memory and many hands.',
      fr: 'Deux processeurs et 32 cœurs en tout, pour ce qui demande de la mémoire et beaucoup de bras.',
      uk: 'Два процесори, разом 32 ядра: для того, що потребує памʼяті й багатьох рук.',
    },
    facts: facts(
      ['2 × EPYC 9124, 32 cores', '2 × EPYC 9124, 32 cœurs', '2 × EPYC 9124, 32 ядра'],
      '256 GB DDR5 ECC',
      '4 × 1.92 TB NVMe',
      '10 Gbit/s',
    ),
    memory: [memory('256', '256 # DDR5 ECC'), memory('512', '512 # DDR5 ECC', 96_00)],
    disks: [disks('1920', '4 × 1.92 TB NVMe')],
    uplink: [gigabit(50), tenGigabit],
  },
  {
    slug: 'quay-xl-gpu',
    category: 'servers',
    name: 'Quay XL GPU',
    position: 4,
    monthMinor: 1_290_00,
    purpose: { en: 'Inference and rendering', fr: 'Inférence et rendu', uk: 'Інференс і рендеринг' },
    description: {
      en: 'Two L40S with 48 GB each beside 32 cores.',
      fr: 'Deux L40S de 48 Go chacune à côté de 32 cœurs.',
      uk: 'Дві L40S по 48 ГБ поруч із 32 ядрами.',
    },
    facts: facts(
      ['EPYC 9354P, 32 cores', 'EPYC 9354P, 32 cœurs', 'EPYC 9354P, 32 ядра'],
      '384 GB DDR5 ECC',
      '2 × 3.84 TB NVMe',
      '10 Gbit/s',
    ),
    memory: [memory('384', '384 # DDR5 ECC')],
    disks: [disks('3840', '2 × 3.84 TB NVMe')],
    uplink: [tenGigabit],
  },
  {
    slug: 'quay-storage-12',
    category: 'storage',
    name: 'Quay Storage 12',
    position: 5,
    monthMinor: 312_00,
    purpose: { en: 'Backups and archives', fr: 'Sauvegardes et archives', uk: 'Резервні копії та архіви' },
    description: {
      en: 'Twelve disks of 18 TB for what must be kept.',
      fr: 'Douze disques de 18 To pour ce qui doit être gardé.',
      uk: 'Дванадцять дисків по 18 ТБ для того, що треба зберегти.',
    },
    facts: facts(
      ['EPYC 4344P, 8 cores', 'EPYC 4344P, 8 cœurs', 'EPYC 4344P, 8 ядер'],
      '64 GB DDR5 ECC',
      '12 × 18 TB SATA',
      '10 Gbit/s, 100 TB',
    ),
    memory: [memory('64', '64 # DDR5 ECC')],
    disks: [disks('18000', '12 × 18 TB SATA')],
    uplink: [gigabit(100), tenGigabit],
  },
];

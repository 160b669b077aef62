/** IF-MIB (RFC 2863). */
const ifEntry = '1.3.6.1.2.1.2.2.1';
const ifXEntry = '1.3.6.1.2.1.31.1.1.1';
/** BRIDGE-MIB (RFC 4188) and Q-BRIDGE-MIB (RFC 4363). */
const bridge = '1.3.6.1.2.1.17';
const vlanEntry = `${bridge}.7.1.4.3.1`;

export const oids = {
  adminStatuses: `${ifEntry}.7`,
  adminStatus: (ifIndex: number) => `${ifEntry}.7.${ifIndex}`,
  operStatus: (ifIndex: number) => `${ifEntry}.8.${ifIndex}`,
  alias: (ifIndex: number) => `${ifXEntry}.18.${ifIndex}`,
  /** Which interface stands behind each bridge port: the numbers of both may differ. */
  interfaceOfBridgePort: `${bridge}.1.4.1.2`,
  egressPorts: `${vlanEntry}.2`,
  untaggedPorts: `${vlanEntry}.4`,
  pvids: `${bridge}.7.1.4.5.1.1`,
  pvid: (bridgePort: number) => `${bridge}.7.1.4.5.1.1.${bridgePort}`,
} as const;

export const UP = 1;
export const DOWN = 2;

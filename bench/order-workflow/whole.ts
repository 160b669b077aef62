export * from '../../workflows/index.js';
export { bare } from './workflows.js';

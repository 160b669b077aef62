import { DefaultLogger } from '@temporalio/worker';
import { workflowBundle } from '../../temporal-config/workflow-bundle.js';

await workflowBundle(new DefaultLogger('WARN'));
process.exit(0);

import { isGrpcServiceError } from '@temporalio/client';
import { searchAttributes } from '../workflows/messages/search-attributes.js';

/** Of a connection, the one service that is asked here; a client's and a test cluster's have it alike. */
interface Operator {
  readonly operatorService: {
    addSearchAttributes(request: { namespace: string; searchAttributes: Record<string, number> }): Promise<unknown>;
  };
}

const KEYWORD = 2; // temporal.api.enums.v1.IndexedValueType
const GRPC_ALREADY_EXISTS = 6;

/** Makes the cluster know every key that workflows use. Doing it twice is harmless. */
export async function registerSearchAttributes({ operatorService }: Operator, namespace: string): Promise<void> {
  for (const { name } of searchAttributes) {
    try {
      await operatorService.addSearchAttributes({ namespace, searchAttributes: { [name]: KEYWORD } });
    } catch (error) {
      if (!isGrpcServiceError(error) || error.code !== GRPC_ALREADY_EXISTS) throw error;
    }
  }
}

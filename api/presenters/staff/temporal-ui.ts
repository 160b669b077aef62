/** Where staff look at a process itself. */
export interface TemporalUi {
  readonly url: string;
  readonly namespace: string;
}

export function workflowAddress(ui: TemporalUi | undefined, workflowId: string): string | undefined {
  if (!ui) return undefined;
  return `${ui.url}/namespaces/${encodeURIComponent(ui.namespace)}/workflows/${encodeURIComponent(workflowId)}`;
}

/** Where staff look at a process itself. */
export interface TemporalUi {
  readonly url: string;
  readonly namespace: string;
}

/** Nothing where there is no such page, or no process. */
export function workflowAddress(ui: TemporalUi | undefined, workflowId: string | null): string | undefined {
  if (!ui || workflowId === null) return undefined;
  return `${ui.url}/namespaces/${encodeURIComponent(ui.namespace)}/workflows/${encodeURIComponent(workflowId)}`;
}

/** A graph with its figures, as it is saved: every text finished, every number in the graph's unit. */
export interface GraphSheet {
  readonly language: string;
  readonly title: string;
  /** One line below the title. */
  readonly span: string;
  /** What the left axis counts. */
  readonly unit: string;
  /** Milliseconds. */
  readonly from: number;
  readonly to: number;
  readonly step: number;
  readonly in: readonly (number | null)[];
  readonly out: readonly (number | null)[];
  readonly percentile: number | null;
  readonly names: { readonly in: string; readonly out: string; readonly percentile: string };
  readonly ticks: readonly { readonly at: number; readonly label: string }[];
  /** The first column is the row's name; the others are numbers. */
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly notes: readonly string[];
  /** In the corner: whose it is, and when it was drawn. */
  readonly imprint: string;
  /** In the place of the graph where there is nothing to draw. */
  readonly nothing?: string | undefined;
}

/** What a saved graph is written in: the typeface of the pages, with what stands in where a viewer lacks it. */
export const typeface = 'Inter, Helvetica, Arial, sans-serif';

/** The colours of the light pages: a saved graph may be printed. */
export const inks = {
  in: '#0f8a5f',
  out: '#2f47d0',
  percentile: '#b3470b',
  text: '#14171f',
  second: '#474e5c',
  faint: '#626a79',
  line: '#e4e7ec',
} as const;

export const sheetWidth = 1_200;
export const margin = 36;

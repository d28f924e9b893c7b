/** The citation styles: large, so loaded when a formatted reference is first asked for. */
export type Styles = typeof import('../styles/formatReference.ts');

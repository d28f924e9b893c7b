// citation-js carries no types; these are the parts that Colophon uses (citation.js.org/api).
declare module '@citation-js/core' {
  interface OutputOptions {
    readonly template: string;
    readonly lang: string;
    readonly format: 'html' | 'text';
  }
  export const plugins: {
    readonly output: { format(name: 'bibliography', items: readonly object[], options: OutputOptions): string };
  };
}
declare module '@citation-js/plugin-csl' {}

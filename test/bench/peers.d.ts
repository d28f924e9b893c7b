// The peers that carry no types, as far as the benchmarks use them.
declare module 'bibtex-parse-js' {
  export const toJSON: (text: string) => unknown[];
}
declare module 'citation-js' {
  export default class Cite {
    constructor(text: string, options: { forceType: string; generateGraph: boolean });
    readonly data: readonly unknown[];
  }
}

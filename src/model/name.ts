/**
 * A person or body, in the parts that BibLaTeX (manual §2.3.3) and CSL 1.0.2 share. All parts are Unicode.
 * A body, and a person whose name must not be taken apart, has only `literal`.
 */
export type Name =
  | { readonly literal: string }
  | {
      readonly family: string;
      readonly given?: string;
      /** The particle: "von", "de la". */
      readonly prefix?: string;
      /** The generation: "Jr.", "III". */
      readonly suffix?: string;
      /** Whether the particle sorts and stays with the family name (BibLaTeX `useprefix`); absent: not said. */
      readonly useprefix?: boolean;
    };

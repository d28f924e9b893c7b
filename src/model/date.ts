/** One end of a date. Month 1 to 12; season 21 to 24 as in EDTF level 1 (BibLaTeX manual §2.3.8). */
export interface DatePoint {
  readonly year: number;
  readonly month?: number;
  readonly day?: number;
  readonly season?: 21 | 22 | 23 | 24;
  readonly approximate?: boolean;
  readonly uncertain?: boolean;
}

/**
 * A date, a range, or what somebody wrote instead of one. An open end is `'open'` ("1999/.."), an unknown one `'unknown'` ("1999/").
 * `literal` holds text that is no date ("in press"), or that says more than the points do ("Spring").
 */
export interface DateValue {
  readonly start?: DatePoint | 'open' | 'unknown';
  readonly end?: DatePoint | 'open' | 'unknown';
  readonly literal?: string;
}

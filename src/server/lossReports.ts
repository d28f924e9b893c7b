import { URI } from 'vscode-uri';
import type { LossReport } from '../features/lossReport.ts';
import { fragmentOf } from '../features/lossReportPage.ts';
import type { ReportAddress } from '../features/lossReportPage.ts';
import { REPORT_SCHEME } from '../protocol/conversion.ts';
import type { ReportParams, ReportResult } from '../protocol/conversion.ts';

/** The reports of the last conversions: where notices of them still stand, their lists can be opened. */
export interface LossReports {
  /** Gives the address of the report. */
  keep(title: string, report: LossReport): string;
  find(params: ReportParams): ReportResult;
}

/** Losses that are kept beside those of the last report, and characters of them. */
const MOST_LOSSES = 100_000;
const MOST_CHARACTERS = 20_000_000;

export function createLossReports(): LossReports {
  const kept = new Map<string, LossReport>();
  let last = 0;
  return {
    keep: (title, report) => {
      let count = 0;
      let size = 0;
      for (const [id, older] of [...kept].reverse()) {
        count += older.count;
        size += older.size;
        if (count > MOST_LOSSES || size > MOST_CHARACTERS) kept.delete(id);
      }
      last += 1;
      kept.set(String(last), report);
      return addressIn(String(last))(title, '');
    },
    find: ({ uri }) => {
      const { path, query } = URI.parse(uri);
      const id = path.split('/')[1] ?? '';
      return kept.get(id)?.document(query, addressIn(id)) ?? null;
    },
  };
}

/** `/3/Not carried over to RIS` is the third report; with a query it is another page, or a value. */
const addressIn =
  (id: string): ReportAddress =>
  (title, query, place) =>
    URI.from({ scheme: REPORT_SCHEME, path: `/${id}/${title.replaceAll('/', ' ')}`, query }).toString() +
    (place ? fragmentOf(place) : '');

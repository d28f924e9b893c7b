import { LanguageStatusSeverity, languages } from 'vscode';
import type { DocumentSelector } from 'vscode';
import type { StatusParams } from '../protocol/messages.ts';
import { quantity } from '../protocol/conversionTexts.ts';

export interface Status {
  show(params: StatusParams): void;
  dispose(): void;
}

/** The entry in the language status of documents that cite: how much Colophon knows, and whether it is still reading. */
export function createStatus(selector: DocumentSelector): Status {
  const item = languages.createLanguageStatusItem('colophon.index', selector);
  item.name = 'Colophon';
  item.text = 'Colophon';
  item.busy = true;
  return {
    show: ({ indexing, bibliographies, references }) => {
      item.busy = indexing;
      item.text = quantity(references, 'reference');
      item.detail = `${quantity(bibliographies, 'bibliography', 'bibliographies')}${indexing ? ', still reading' : ''}`;
      item.severity = LanguageStatusSeverity.Information;
    },
    dispose: () => {
      item.dispose();
    },
  };
}

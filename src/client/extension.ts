import { commands, window } from 'vscode';
import type { Disposable, ExtensionContext, Uri } from 'vscode';
import type { BaseLanguageClient, LanguageClientOptions } from 'vscode-languageclient';
import { addedReferences } from './addedReferences.ts';
import { completeBegun } from './begunCitation.ts';
import { explainOthers, tellOfOthers } from './coexistence.ts';
import { convertBibliography } from './commands/convertBibliography.ts';
import { convertSelection } from './commands/convertSelection.ts';
import { copyAs } from './commands/copyAs.ts';
import { insertCitation } from './commands/insertCitation.ts';
import { pasteAs } from './commands/pasteAs.ts';
import type { Conversations } from './commands/conversation.ts';
import { documentSelector } from './documents.ts';
import { registerDropping } from './dropping.ts';
import { uriConverters } from './notebookCells.ts';
import { registerPasting } from './pasting.ts';
import { createReports } from './reports.ts';
import { answerServer } from './serverRequests.ts';
import { createStatus } from './status.ts';

export type CreateClient = (options: LanguageClientOptions) => Promise<BaseLanguageClient>;

export interface RunningColophon {
  stop(): Promise<void>;
}

/** What both kinds of extension host have in common. Returns at once; the server starts behind it. */
export function activateColophon(context: ExtensionContext, createClient: CreateClient): RunningColophon {
  const selector = documentSelector();
  const status = createStatus(selector);
  let started: Promise<BaseLanguageClient> | undefined;
  const client = () => (started ??= start());
  const reports = createReports(client);

  async function start(): Promise<BaseLanguageClient> {
    const created = await createClient({
      documentSelector: [...selector],
      initializationOptions: { colophon: { files: true } },
      uriConverters: uriConverters(),
      markdown: { isTrusted: false, supportHtml: false },
      middleware: addedReferences,
    });
    answerServer(created, context.extensionUri, params => {
      status.show(params);
    });
    await created.start();
    context.subscriptions.push(tellOfOthers(created));
    completeBegun(created, selector).catch((error: unknown) => {
      created.warn('The list for a citation that was begun early did not come', error);
    });
    return created;
  }

  const conversations: Conversations = { client, reports, selector };
  context.subscriptions.push(
    reports,
    status,
    command('colophon.convert', (clicked, selected) => convertBibliography(conversations, clicked, selected)),
    command('colophon.convertSelection', () => convertSelection(conversations)),
    command('colophon.copyAs', () => copyAs(conversations)),
    command('colophon.pasteAs', () => pasteAs(conversations)),
    command('colophon.insertCitation', () => insertCitation(conversations, 'nothing more')),
    command('colophon.insertCitationAs', () => insertCitation(conversations, 'form')),
    explainOthers(context),
    registerPasting(conversations),
    registerDropping(conversations),
  );
  client().catch((error: unknown) => {
    started = undefined;
    void window.showErrorMessage(`Colophon's language server could not be started: ${messageOf(error)}`);
  });
  return {
    stop: async () => {
      const running = await started?.catch(() => undefined);
      await running?.stop();
    },
  };
}

function command(name: string, run: (clicked?: Uri, selected?: unknown) => Promise<void>): Disposable {
  return commands.registerCommand(name, async (clicked?: Uri, selected?: unknown) => {
    try {
      await run(clicked, selected);
    } catch (error) {
      void window.showErrorMessage(`Colophon: ${messageOf(error)}`);
    }
  });
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

import { CancellationTokenSource, window } from 'vscode';
import type { QuickPick, QuickPickItem } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { FIND_REFERENCES_REQUEST } from '../../protocol/citing.ts';
import type {
  CitingDocument,
  FindReferencesParams,
  FindReferencesResult,
  FoundReference,
  FoundReferences,
} from '../../protocol/citing.ts';
import { INSERT_AS_TITLE } from '../../protocol/citingTexts.ts';
import type { Place } from '../../protocol/conversion.ts';

/** What the user chose, and what the server says of the place where it goes. */
export interface PickedReferences extends Pick<FoundReferences, 'joins' | 'forms'> {
  readonly references: readonly FoundReference[];
}

interface Item extends QuickPickItem {
  readonly reference: FoundReference;
}

/** Lets the user search and choose references, found as completion finds them. Undefined: the user would rather not. */
export async function pickReferences(
  client: BaseLanguageClient,
  {
    document,
    position,
    asks,
  }: { readonly document: CitingDocument; readonly position: Place; readonly asks: 'nothing more' | 'form' },
): Promise<PickedReferences | 'unknown language' | undefined> {
  const pick = createPicker();
  const chosen = new Map<string, Item>();
  let running: CancellationTokenSource | undefined;
  let hasMoved = false;

  /** The list for what is typed; undefined when something else has been typed meanwhile. */
  async function find(query?: string): Promise<FindReferencesResult | undefined> {
    running?.cancel();
    const cancellation = (running = new CancellationTokenSource());
    pick.busy = true;
    const params: FindReferencesParams = { document, position, ...(query === undefined ? {} : { query }) };
    try {
      const found = await client.sendRequest<FindReferencesResult>(FIND_REFERENCES_REQUEST, params, cancellation.token);
      return running === cancellation ? found : undefined;
    } catch (error) {
      if (running !== cancellation) return undefined;
      throw error;
    } finally {
      if (running === cancellation) pick.busy = false;
    }
  }

  /** What is chosen stays on top. A list that is there already is left alone: to set it would undo a choice that is on its way. */
  function show(references: readonly FoundReference[]): void {
    const others = references.filter(reference => !chosen.has(idOf(reference))).map(itemOf);
    const items = [...chosen.values(), ...others];
    if (sameItems(items, pick.items)) return;
    hasMoved = false;
    pick.items = items;
    pick.selectedItems = [...chosen.values()];
    highlight();
  }

  /** What Enter would take; once something is chosen, the row above what was found: the next arrow leads there. */
  function highlight(): void {
    const row = Math.max(0, chosen.size - 1);
    // From a highlighted row that is the only one no arrow would lead into the list.
    pick.activeItems = pick.items.length > 1 ? pick.items.slice(row, row + 1) : [];
  }

  function choose(selected: readonly Item[]): void {
    const ids = new Set(selected.map(item => idOf(item.reference)));
    for (const item of pick.items) if (!ids.has(idOf(item.reference))) chosen.delete(idOf(item.reference));
    for (const item of selected) chosen.set(idOf(item.reference), item);
  }

  try {
    return await new Promise((resolve, reject) => {
      let place: FoundReferences | undefined;
      let sought = '';
      let isAccepted = false;

      /** Only what belongs to what has been typed. */
      const accept = (): void => {
        isAccepted = pick.busy;
        if (isAccepted || !place) return;
        const [item = pick.items[0]] = pick.activeItems;
        const items = chosen.size > 0 ? [...chosen.values()] : item ? [item] : [];
        if (items.length > 0) resolve({ ...place, references: items.map(item => item.reference) });
      };
      const search = async (query?: string): Promise<void> => {
        const found = await find(query);
        if (found === null) resolve('unknown language');
        if (!found) return;
        place = found;
        pick.title = asks === 'form' && !found.joins ? INSERT_AS_TITLE : found.title;
        if (query === undefined && pick.value === '') pick.value = sought = found.query;
        show(found.references);
        if (isAccepted) accept();
      };
      pick.onDidChangeValue(value => {
        if (value === sought) return;
        isAccepted = false;
        search((sought = value)).catch(reject);
      });
      pick.onDidChangeActive(active => {
        // Behind the last row comes the first one again, for Enter. That a new list has no such row yet says nothing of arrows; and once
        // something is chosen, the next arrow shall lead to the first row, not past it.
        if (active.length === 0 && hasMoved && chosen.size === 0) highlight();
        hasMoved = active.length > 0;
      });
      pick.onDidChangeSelection(choose);
      pick.onDidAccept(accept);
      pick.onDidHide(() => {
        resolve(undefined);
      });
      pick.show();
      search().catch(reject);
    });
  } finally {
    running?.cancel();
    pick.dispose();
  }
}

const sameItems = (some: readonly Item[], others: readonly Item[]): boolean =>
  some.length === others.length &&
  some.every(({ reference }, index) => {
    const other = others[index]?.reference;
    return other !== undefined && idOf(other) === idOf(reference);
  });

function createPicker(): QuickPick<Item> {
  const pick = window.createQuickPick<Item>();
  pick.title = 'Insert Citation';
  pick.placeholder = 'Author, title, year or key';
  pick.canSelectMany = true;
  pick.ignoreFocusOut = true;
  pick.busy = true;
  // The order is the server's. The editor has this property, though its description does not name it.
  return Object.assign(pick, { sortByLabel: false });
}

const idOf = ({ id }: FoundReference): string => `${id.uri} ${String(id.index)} ${id.key}`;

const itemOf = (reference: FoundReference): Item => ({
  label: reference.key,
  description: reference.from === undefined ? reference.detail : `${reference.detail} · from ${reference.from}`,
  detail: reference.title,
  // What the server found by author or title, the editor would not find in the key.
  alwaysShow: true,
  reference,
});

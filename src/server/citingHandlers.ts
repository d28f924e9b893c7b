import type { ExecuteCommandParams, InitializeParams } from 'vscode-languageserver';
import { findReferences, knowsKey } from '../features/findReferences.ts';
import { citationPlace, insertCitation } from '../features/insertCitation.ts';
import type { CitationPlace, IsQuery } from '../features/insertCitation.ts';
import { manuscriptText, reachOf } from '../library/reach.ts';
import type { Reach } from '../library/reach.ts';
import { search } from '../library/search.ts';
import { sectionBibliographies } from '../library/sections.ts';
import { ADD_REFERENCES_COMMAND, FIND_REFERENCES_REQUEST, INSERT_CITATION_REQUEST } from '../protocol/citing.ts';
import type {
  AddReferencesParams,
  CitationForm,
  FindReferencesParams,
  FindReferencesResult,
  InsertCitationParams,
  InsertCitationResult,
} from '../protocol/citing.ts';
import { formText, insertTitle } from '../protocol/citingTexts.ts';
import { applyEdits } from '../text/edit.ts';
import { slice } from '../text/span.ts';
import { addReferences, entriesOf, planAdoption } from './addReferences.ts';
import { citedDocument } from './citedDocument.ts';
import type { Cited } from './citedDocument.ts';
import { fence } from './fence.ts';
import { positionsOfText } from './positions.ts';
import type { Workspace } from './workspace.ts';

/** What editors ask to insert citations, and to add what is cited to a bibliography. */
export function registerCiting(workspace: Workspace, params: InitializeParams): void {
  const { connection, logger } = workspace;
  connection.onRequest(
    FIND_REFERENCES_REQUEST,
    fence(logger, 'Finding references', (asked: FindReferencesParams, token) =>
      workspace.reading.untilEnough(
        () => find(workspace, asked),
        found => found?.references.length !== 0,
        token,
      ),
    ),
  );
  connection.onRequest(
    INSERT_CITATION_REQUEST,
    fence(logger, 'Inserting a citation', (asked: InsertCitationParams) => insert(workspace, asked)),
  );
  connection.onExecuteCommand(
    fence(logger, 'Adding references', ({ command, arguments: [asked] = [] }: ExecuteCommandParams) =>
      command === ADD_REFERENCES_COMMAND && isAddition(asked) ? addReferences(workspace, asked, params) : null,
    ),
  );
}

/** What is no key, but finds something, was typed to find it. */
const queryTest =
  (reach: Reach): IsQuery =>
  word => {
    const [first = ''] = word.split(/\s/u);
    return !knowsKey(reach, first) && search([...reach.usable, ...reach.outside], word, 1).length > 0;
  };

/** The forms that fit a document, the user's default in front. */
function formsFor(workspace: Workspace, { whole }: Cited): readonly CitationForm[] {
  const { writing, id } = whole.language;
  const forms = writing.forms(manuscriptText(workspace.library, whole.uri, whole.text));
  const wanted = workspace.options.insert.get(id) ?? '';
  // A form of apacite has a name that ends in the brackets for its prefix.
  const known = forms.find(form => form.name === wanted || form.name === `${wanted}<>`);
  if (known) return [known, ...forms.filter(form => form !== known)];
  if (!writing.takesOthers || !/^\\?[A-Za-z]+\*?$/.test(wanted)) return forms;
  const own = { name: wanted.replace(/^\\?/, '\\'), effect: 'plain', takes: { prefix: true, locator: true } } as const;
  return [own, ...forms];
}

function find(workspace: Workspace, { document, position, query }: FindReferencesParams): FindReferencesResult {
  const cited = citedDocument(workspace, document);
  if (cited === undefined) return null;
  const { part, whole, positions } = cited;
  const reach = reachOf(workspace.library, whole, workspace.scope());
  const offset = positions.offset(position);
  const place = citationPlace(part, offset, queryTest(reach));
  const sought = query ?? wordAt(part.text, place);
  const taken = new Set(keysBeside(place));
  const joins = place.kind === 'inside' || (place.kind === 'begun' && place.group.command !== '@');
  const forms = formsFor(workspace, cited);
  const at = { uri: whole.uri, offset };
  const first = sectionBibliographies(workspace.library, at, reach.scope, workspace.library.includeGraph());
  return {
    query: sought,
    references: findReferences(reach, sought, { taken, ...(first && { first }) }).map(
      ({ data: id, key, detail, title, from }) => ({
        id,
        key,
        detail,
        title,
        ...(from === undefined ? {} : { from }),
      }),
    ),
    joins,
    title: insertTitle(joins, forms[0]?.name ?? ''),
    forms: forms.map(form => ({ name: form.name, takes: form.takes, description: formText(form) })),
  };
}

/** Keys that the citation at a place has already. */
function keysBeside(place: CitationPlace): readonly string[] {
  if (place.kind === 'begun') return place.site.taken;
  return place.kind === 'inside' ? place.group.citations.map(citation => citation.key) : [];
}

const wordAt = (text: string, place: CitationPlace): string =>
  place.kind === 'begun'
    ? slice(text, place.site.replace)
        .replace(/^[@<{]+/, '')
        .replace(/[>}]$/, '')
    : '';

async function insert(workspace: Workspace, params: InsertCitationParams): Promise<InsertCitationResult | null> {
  const cited = citedDocument(workspace, params.document);
  const references = entriesOf(workspace, params.references);
  if (cited === undefined || references.length === 0) return null;
  const adoption = await planAdoption(workspace, cited.whole, references);
  // Planning takes its time, in which the user may have typed.
  const now = citedDocument(workspace, params.document) ?? cited;
  const { part, whole, positions } = now;
  const reach = reachOf(workspace.library, whole, workspace.scope());
  const form = params.form ?? formsFor(workspace, now)[0]?.name ?? '';
  const { edits, cursors } = insertCitation(
    part,
    params.selections.map(selection => positions.span(selection)),
    {
      keys: [...new Set(adoption.keys)],
      form,
      affixes: { prefix: (params.prefix ?? '').trim(), locator: (params.locator ?? '').trim() },
    },
    queryTest(reach),
  );
  const after = positionsOfText(applyEdits(part.text, edits));
  const real = edits.filter(edit => edit.newText !== '' || edit.span.end > edit.span.start);
  return {
    edits: real.map(({ span, newText }) => ({ range: positions.range(span), newText })),
    cursors: cursors.map(cursor => after.position(cursor)),
    ...(adoption.addition === undefined ? {} : { add: { document: params.document, references: params.references } }),
  };
}

const isAddition = (asked: unknown): asked is AddReferencesParams =>
  typeof asked === 'object' && asked !== null && 'document' in asked && 'references' in asked;

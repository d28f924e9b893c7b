import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  BIBLIOGRAPHY_EXTENSIONS,
  BIBLIOGRAPHY_NAMES,
  DOCUMENT_EXTENSIONS,
  LANGUAGE_IDS,
  PAPER_EXTENSIONS,
} from '../../src/protocol/documents.ts';
import { languageOf } from '../../src/languages/index.ts';
import { SETTINGS } from '../../src/protocol/settings.ts';

interface Manifest {
  main: string;
  browser: string;
  icon: string;
  activationEvents: string[];
  contributes: {
    languages: { id: string; extensions: string[]; configuration: string }[];
    grammars: { language: string; path: string; scopeName: string }[];
    snippets: { language: string; path: string }[];
    commands: { command: string; title: string; category: string }[];
    keybindings: { command: string; when: string }[];
    menus: Record<string, { command: string; when: string }[]>;
    configuration: { properties: Record<string, Record<string, unknown>> };
  };
}

const root = join(__dirname, '../..');
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest;
const { contributes } = manifest;

describe('the manifest', () => {
  it('declares exactly the settings of the code', () => {
    const expected = SETTINGS.map(setting => [
      `colophon.${setting.key}`,
      {
        type: setting.type,
        ...(setting.type === 'array' ? { items: { type: 'string' } } : {}),
        ...(setting.choices
          ? { enum: [...setting.choices.keys()], markdownEnumDescriptions: [...setting.choices.values()] }
          : {}),
        ...(setting.labels ? { enumItemLabels: setting.labels } : {}),
        default: setting.default,
        scope: setting.scope,
        markdownDescription: setting.description,
      },
    ]);
    assert.deepEqual(contributes.configuration.properties, Object.fromEntries(expected));
  });

  it('has a label and a sentence for each choice', () => {
    for (const { key, choices = new Map<string, string>(), labels } of SETTINGS) {
      assert.ok(
        [...choices.values()].every(text => /^\S.{5,}[.…]$/u.test(text)),
        key,
      );
      assert.equal(labels?.length ?? choices.size, choices.size, key);
    }
  });

  it('activates by language and by what the workspace contains, nothing else', () => {
    const languages = LANGUAGE_IDS.map(id => `onLanguage:${id}`);
    const extensions = [...BIBLIOGRAPHY_EXTENSIONS, ...PAPER_EXTENSIONS].map(extension => extension.slice(1)).join(',');
    assert.deepEqual(manifest.activationEvents, [
      ...languages,
      `workspaceContains:**/*.{${extensions}}`,
      `workspaceContains:**/{${BIBLIOGRAPHY_NAMES.join(',')}}`,
    ]);
  });

  it('gives documents that VS Code has no language for the usual one, by which they start Colophon', () => {
    const given = contributes.languages.filter(({ id }) => !['bibtex', 'ris'].includes(id));
    for (const { id, extensions } of given) {
      assert.ok(LANGUAGE_IDS.includes(id), id);
      for (const extension of extensions)
        assert.deepEqual(languageOf(undefined, `paper${extension}`), languageOf(id, ''), extension);
    }
    const extensions = given.flatMap(one => one.extensions);
    // Those are VS Code's own, or anything else as often.
    const others = '.tex .ltx .latex .sty .cls .cbx .tikz .pgf .pdf_tex .rst .rest'.split(' ');
    const served = new Set(DOCUMENT_EXTENSIONS.map(extension => extension.toLowerCase()));
    assert.deepEqual([...served].sort(), [...extensions, ...others].sort());
  });

  it('looks for the files of its languages, and for others whose languages are those of editors', () => {
    const own = contributes.languages.filter(({ id }) => languageOf(id, '') === undefined);
    const extensions = own.flatMap(language => language.extensions);
    const others = BIBLIOGRAPHY_EXTENSIONS.filter(extension => !extensions.includes(extension));
    assert.deepEqual(
      extensions.filter(extension => !BIBLIOGRAPHY_EXTENSIONS.includes(extension)),
      [],
    );
    assert.deepEqual(others, ['.nbib', '.enw', '.ciw', '.csljson', '.csl.json', '.csl.yaml', '.csl.yml']);
  });

  it('inserts citations in every language and every file that it serves, by key and by menu', () => {
    const cites = (entries: { command: string; when: string }[]): string[] =>
      entries.filter(entry => entry.command.startsWith('colophon.insertCitation')).map(entry => entry.when);
    const conditions = [...cites(contributes.keybindings), ...cites(contributes.menus['editor/context'] ?? [])];
    assert.equal(conditions.length, 3);
    for (const condition of conditions) {
      const [languages, extensions] = [/editorLangId =~ \/(.+?)\/ /, /resourceExtname =~ \/(.+?)\/i/].map(
        pattern => new RegExp(pattern.exec(condition)?.[1] ?? 'none', 'i'),
      );
      const quiet = LANGUAGE_IDS.filter(id => languages?.test(id) !== true);
      assert.deepEqual(quiet, ['bibtex', 'ris']);
      assert.deepEqual(
        DOCUMENT_EXTENSIONS.filter(extension => extensions?.test(extension) !== true),
        [],
      );
    }
  });

  it('points at files that are there', () => {
    const files = [
      manifest.icon,
      ...contributes.languages.map(language => language.configuration),
      ...contributes.grammars.map(grammar => grammar.path),
      ...contributes.snippets.map(snippet => snippet.path),
    ];
    for (const file of files) assert.ok(existsSync(join(root, file)), file);
  });

  it('names its grammars as the grammars name themselves', () => {
    for (const { path, scopeName } of contributes.grammars) {
      const grammar = JSON.parse(readFileSync(join(root, path), 'utf8')) as { scopeName: string };
      assert.equal(grammar.scopeName, scopeName);
    }
  });

  it('has every command in its category, with a title that promises a question', () => {
    const commands = new Set(contributes.commands.map(({ command }) => command));
    for (const { command, title, category } of contributes.commands) {
      assert.match(command, /^colophon\./);
      assert.equal(category, 'Colophon');
      assert.match(title, /…$/);
    }
    for (const entries of Object.values(contributes.menus)) {
      for (const { command, when } of entries) assert.ok(commands.has(command) && when !== '', command);
    }
  });
});

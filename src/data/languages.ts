/** One language a line: BCP-47 tag, ISO 639-2 codes, English name, then babel's names, the usual one first. */
const table = `
en eng English english american british usenglish ukenglish
en-US - - american usenglish USenglish
en-GB - - british ukenglish UKenglish
en-AU - - australian
en-CA - - canadian
en-NZ - - newzealand
af afr Afrikaans afrikaans
ar ara Arabic arabic
hy hye,arm Armenian armenian
eu eus,baq Basque basque
be bel Belarusian belarusian
bg bul Bulgarian bulgarian
ca cat Catalan catalan
zh zho,chi Chinese chinese
zh-Hans - - chinese-simplified chinese-hans
zh-Hant - - chinese-traditional chinese-hant
hr hrv Croatian croatian
cs ces,cze Czech czech
da dan Danish danish
nl nld,dut Dutch dutch
eo epo Esperanto esperanto
et est Estonian estonian
fi fin Finnish finnish finnish
fr fra,fre French french francais frenchb
fr-CA - - canadien acadian
gl glg Galician galician
ka kat,geo Georgian georgian
de deu,ger German german ngerman germanb deutsch
de-AT - - austrian naustrian
de-CH - - swissgerman nswissgerman
el ell,gre Greek greek polutonikogreek
he heb Hebrew hebrew
hi hin Hindi hindi
hu hun Hungarian hungarian magyar
is isl,ice Icelandic icelandic
id ind Indonesian indonesian bahasa indon
ga gle Irish irish
it ita Italian italian
ja jpn Japanese japanese
ko kor Korean korean
la lat Latin latin
lv lav Latvian latvian
lt lit Lithuanian lithuanian
mk mkd,mac Macedonian macedonian
ms msa,may Malay malay bahasam
mr mar Marathi marathi
no nor Norwegian norwegian
nb nob - norsk bokmal
nn nno - nynorsk
fa fas,per Persian persian farsi
pl pol Polish polish
pt por Portuguese portuguese portuges
pt-BR - - brazilian brazil
pt-PT - - -
ro ron,rum Romanian romanian
ru rus Russian russian
sa san Sanskrit sanskrit
sr srp Serbian serbian serbianc
sk slk,slo Slovak slovak
sl slv Slovenian slovenian slovene
es spa Spanish spanish castilian
es-MX - - spanishmx mexican
sv swe Swedish swedish
syr syr Syriac syriac
ta tam Tamil tamil
te tel Telugu telugu
th tha Thai thai
tr tur Turkish turkish
uk ukr Ukrainian ukrainian
ur urd Urdu urdu
vi vie Vietnamese vietnamese
cy cym,wel Welsh welsh
`;

interface Language {
  /** ISO 639-2, the code of libraries where there are two. */
  readonly code: string | undefined;
  readonly tag: string;
  readonly babel: string | undefined;
}

const rows = table
  .trim()
  .split('\n')
  .map(line => line.split(' '));

/** Every code and name in lower case. A region's own names come before those of the language alone. */
const byName: ReadonlyMap<string, Language> = new Map(
  [...rows]
    .sort((a, b) => (a[0]?.length ?? 0) - (b[0]?.length ?? 0))
    .flatMap(([tag = '', codes = '', name = '', ...babel]) => {
      const code = codes === '-' ? undefined : codes.split(',').at(-1);
      const language = { code, tag, babel: babel[0] === '-' ? undefined : babel[0] };
      return [tag, ...codes.split(','), name, ...babel]
        .filter(word => word !== '-' && word !== '')
        .map((word): [string, Language] => [word.toLowerCase(), language]);
    }),
);

const tagShape = /^[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,20}$/u;

/** The BCP-47 tag of a babel name, an English name, an ISO 639 code or a tag in any spelling; undefined when we know none. */
export function languageTag(text: string): string | undefined {
  const word = text.trim().toLowerCase();
  const known = byName.get(word) ?? byName.get(word.replaceAll('_', '-'));
  if (known !== undefined) {
    return known.tag;
  }
  return tagShape.test(word) && byName.has(word.split(/[-_]/u)[0] ?? '') ? text.trim().replaceAll('_', '-') : undefined;
}

/** Babel's name for a tag, a code or a name; a region we do not know falls back on its language. */
export function babelName(text: string): string | undefined {
  const word = text.trim().toLowerCase().replaceAll('_', '-');
  return (byName.get(word) ?? byName.get(word.split('-')[0] ?? ''))?.babel;
}

/** The code of ISO 639-2 that libraries use ("ger") of a tag, a name or another code; undefined for a region and when we know none. */
export const libraryCode = (text: string): string | undefined => byName.get(text.trim().toLowerCase())?.code;

/** Reference types of EndNote: number, name, BibLaTeX type with its subtype. The first line that fits is written. */
const rows = `
17|Journal Article|article
19|Magazine Article|article|magazine
23|Newspaper Article|article|newspaper
6|Book|book
28|Edited Book|collection
5|Book Section|incollection
5|Book Section|inbook
10|Conference Proceedings|inproceedings
47|Conference Paper|unpublished|speech
53|Encyclopedia|inreference
52|Dictionary|inreference|dictionary
32|Thesis|thesis
27|Report|report
46|Government Document|report|government
12|Web Page|online
56|Blog|online|blog
48|Online Multimedia|online|multimedia
13|Generic|misc
34|Unpublished Work|unpublished
36|Manuscript|unpublished|manuscript
59|Dataset|dataset
45|Online Database|dataset|online
55|Aggregated Database|dataset|aggregated
9|Computer Program|software
25|Patent|patent
58|Standard|standard
57|Serial|periodical
26|Personal Communication|letter
2|Artwork|artwork
37|Figure|image|figure
38|Chart or Table|image|chart
39|Equation|misc|equation
3|Audiovisual Material|video
21|Film or Broadcast|movie
61|Music|audio
7|Case|jurisdiction
14|Hearing|jurisdiction|hearing
31|Statute|legislation
4|Bill|legislation|bill
50|Legal Rule or Regulation|legislation|regulation
24|Pamphlet|booklet
20|Map|misc|map
54|Grant|misc|grant
8|Catalog|book|catalog
44|Electronic Book|book|electronic
60|Electronic Book Section|incollection|electronic
43|Electronic Article|article|electronic
49|Classical Work|book|classical
51|Ancient Text|book|ancient
5|Book Section|bookinbook
6|Book|mvbook
`
  .trim()
  .split('\n')
  .map(line => {
    const [number = '', name = '', type = '', subtype] = line.split('|');
    return { number, name, type, subtype };
  });

export type EndnoteType = (typeof rows)[number];

/** The type of a record: the name is surer than the number, which other programs fill as they like. */
export const endnoteTypeOf = (name: string, number: string): EndnoteType | undefined =>
  rows.find(row => row.name.toLowerCase() === name.toLowerCase()) ?? rows.find(row => row.number === number);

/** The row under which a BibLaTeX type is written. */
export function endnoteTypeFor(type: string, subtype: string | undefined): EndnoteType {
  const fits = rows.filter(row => row.type === type);
  return (
    fits.find(row => row.subtype === subtype) ??
    fits.find(row => row.subtype === undefined) ?? { number: '13', name: 'Generic', type: 'misc', subtype: undefined }
  );
}

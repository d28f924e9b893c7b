import { URI } from 'vscode-uri';

/** One spelling for one address: editors differ in what they escape and in the case of Windows drives. */
export const canonicalUri = (uri: string): string => URI.parse(uri).toString();

import type { CardOptions } from '../features/card.ts';
import { toCsl } from '../formats/cslItem.ts';
import type { StyleName } from '../styles/formatReference.ts';
import type { Styles } from './styles.ts';
import type { Workspace } from './workspace.ts';

/** How references are shown, in the style of the user's choice; without one where the styles cannot be loaded. */
export async function cardOptions(workspace: Workspace): Promise<CardOptions> {
  let styles: Styles;
  try {
    styles = await workspace.styles();
  } catch (error) {
    workspace.logger.error('The citation styles cannot be loaded', error);
    return {};
  }
  const style = styles.STYLES.find(name => name === workspace.options.citationStyle) ?? DEFAULT_STYLE;
  return {
    formatReference: reference => styles.formatReference(toCsl(reference), { style, locale: workspace.locale }),
  };
}

const DEFAULT_STYLE: StyleName = 'apa';

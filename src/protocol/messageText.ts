/** A message whose names come from files: editors make links of `[…](…)` in messages, of commands, too, and these are text. */
export const withoutLinks = (message: string): string => message.replaceAll('](', '] (');

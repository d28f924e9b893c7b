import { LSPErrorCodes, ResponseError } from 'vscode-languageserver';
import type { CancellationToken } from 'vscode-languageserver';
import type { Logger } from '../base/logger.ts';

/**
 * A handler that cannot hurt the others: what it throws becomes one line in the log and no answer to this request.
 * A request that was cancelled meanwhile is answered as such.
 */
export function fence<P, R>(
  logger: Logger,
  name: string,
  handle: (params: P, token: CancellationToken) => R | Promise<R>,
): (params: P, token: CancellationToken) => Promise<R | ResponseError | null> {
  return async (params, token) => {
    if (isCancelled(token)) return cancelled();
    try {
      const answer = await handle(params, token);
      return isCancelled(token) ? cancelled() : answer;
    } catch (error) {
      if (error instanceof ResponseError) return error;
      logger.error(`${name} failed`, error);
      return null;
    }
  };
}

/** The same for what nobody waits for. */
export function fenceNotification<P>(
  logger: Logger,
  name: string,
  handle: (params: P) => void | Promise<void>,
): (params: P) => Promise<void> {
  return async params => {
    try {
      await handle(params);
    } catch (error) {
      logger.error(`${name} failed`, error);
    }
  };
}

const isCancelled = (token: CancellationToken): boolean => token.isCancellationRequested;

export const cancelled = (): ResponseError => new ResponseError(LSPErrorCodes.RequestCancelled, 'Cancelled');

/** Settles only when a request is cancelled, and then as such. */
export const whenCancelled = (token: CancellationToken): Promise<never> =>
  new Promise((_, reject) => {
    token.onCancellationRequested(() => {
      reject(cancelled());
    });
  });

/** Where the running program writes what a developer or a bug report needs; injected at the composition root. */
export interface Logger {
  info(message: string): void;
  warn(message: string): void;
  error(message: string, cause?: unknown): void;
}

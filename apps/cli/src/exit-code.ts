/** What the exit code of the command says. */
export const exitCode = {
  success: 0,
  /** The order has errors. */
  refused: 1,
  /** The command line is wrong. */
  usage: 2,
  /** A run failed. */
  failed: 3,
  /** The clouds are not as ordered. */
  differs: 4,
  /** Stopped by Ctrl-C. */
  interrupted: 130,
} as const

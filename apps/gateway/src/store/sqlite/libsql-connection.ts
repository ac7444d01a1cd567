import Libsql from 'libsql/promise'
import { StoreError } from '../store-error.ts'

/** A statement that was prepared. */
export interface LibsqlStatement {
  /** True where it has rows. */
  readonly reader: boolean
  all<R>(parameters: readonly unknown[]): Promise<R[]>
  run(parameters: readonly unknown[]): { readonly changes: number; readonly lastInsertRowid: number | bigint }
}

/** A connection with a database file, which has a thread of its own; the types of libsql leave most of it open. */
export class LibsqlConnection {
  /** True where nothing can be changed through it. */
  readonly isReader: boolean
  readonly #database: Libsql

  private constructor(database: Libsql, isReader: boolean) {
    this.#database = database
    this.isReader = isReader
  }

  /** @throws StoreError STORE_UNSAFE when the file system cannot keep a write-ahead log */
  static async open(file: string, { isReader }: { readonly isReader: boolean }): Promise<LibsqlConnection> {
    const connection = new LibsqlConnection(new Libsql(file, {}), isReader)
    // A backup tool may hold the file for a moment; nobody else has it.
    for (const setting of ['journal_mode = wal', 'synchronous = full', 'busy_timeout = 1000', ...(isReader ? ['query_only = on'] : [])]) await connection.exec(`pragma ${setting}`)
    const [mode, level] = [await connection.#setting('journal_mode'), await connection.#setting('synchronous')]
    if (mode === 'wal' && level === '2') return connection
    connection.close()
    throw new StoreError('STORE_UNSAFE', `${file} has journal mode ${mode} and synchronous ${level} instead of wal and 2 (full): its file system cannot keep what is promised, so put the data folder on a local disk`)
  }

  get inTransaction(): boolean {
    return Reflect.get(this.#database, 'inTransaction') === true
  }

  /** Takes the right to write at once: a transaction that reads first could otherwise find that it may not write. */
  begin(): Promise<void> {
    return this.exec('begin immediate')
  }

  commit(): Promise<void> {
    return this.exec('commit')
  }

  /** After some failures, such as a full disk, SQLite has rolled back by itself. */
  async rollback(): Promise<void> {
    if (this.inTransaction) await this.exec('rollback')
  }

  prepare(sql: string): Promise<LibsqlStatement> {
    return this.#database.prepare(sql)
  }

  async exec(sql: string): Promise<void> {
    await this.#database.exec(sql)
  }

  close(): void {
    this.#database.close()
  }

  async #setting(name: 'journal_mode' | 'synchronous'): Promise<string> {
    const [row] = await (await this.prepare(`pragma ${name}`)).all<Readonly<Record<string, unknown>>>([])
    return String(row?.[name])
  }
}

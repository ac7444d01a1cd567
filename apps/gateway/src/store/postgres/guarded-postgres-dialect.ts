import { PostgresDialect, PostgresDriver, type Driver, type PostgresDialectConfig } from 'kysely'
import { GuardedDriver } from '../guarded-driver.ts'
import { translatePostgresError } from './postgres-errors.ts'

/** PostgreSQL, with errors in the words of the store. */
export class GuardedPostgresDialect extends PostgresDialect {
  readonly #config: PostgresDialectConfig

  constructor(config: PostgresDialectConfig) {
    super(config)
    this.#config = config
  }

  override createDriver(): Driver {
    return new GuardedDriver(new PostgresDriver(this.#config), translatePostgresError)
  }
}

import { Migrator, type Kysely } from 'kysely'
import { migrationsFor } from './migrations.ts'
import type { Engine } from './database.ts'
import { isStoreError, StoreError } from './store-error.ts'
import type { Tables } from './tables.ts'

/**
 * Brings the tables to the newest version. Several gateways may do it at once: the first one works, the others wait.
 *
 * @param schema where PostgreSQL has the tables
 * @throws StoreError `STORE_UNSAFE` when a newer gateway made the tables
 */
export async function migrate(database: Kysely<Tables>, engine: Engine['name'], schema?: string): Promise<void> {
  const migrator = new Migrator({
    db: database,
    provider: { getMigrations: async () => migrationsFor(engine) },
    migrationTableName: 'migration',
    migrationLockTableName: 'migration_lock',
    ...(schema === undefined ? {} : { migrationTableSchema: schema }),
  })
  const { error } = await migrator.migrateToLatest()
  if (error === undefined) return
  if (isStoreError(error)) throw error
  throw new StoreError('STORE_UNSAFE', `the tables cannot be brought to this version: ${error instanceof Error ? error.message : 'unknown'}`, { cause: error })
}

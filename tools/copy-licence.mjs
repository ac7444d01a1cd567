// Runs before a package is packed: puts the licence and the notice of the repository into it. Git ignores the copies.
import { copyFileSync } from 'node:fs'

for (const file of ['LICENSE', 'NOTICE']) copyFileSync(new URL(`../${file}`, import.meta.url), file)

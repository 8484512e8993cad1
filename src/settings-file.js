/** Reads `.env` into the environment where there is one; what is set already stays. Node's own switch for that complains when there is none. */
import { existsSync } from 'node:fs'

if (existsSync('.env')) process.loadEnvFile('.env')

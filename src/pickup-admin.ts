#!/usr/bin/env node
/** `pickup-admin` as it is typed: reads `.env` as the bot does, then the command. */
import './settings-file.js'

await import('./cli.ts')

/** A database as the operations page makes one: by an administrator who is no superuser, with the roles of a file. */
import { readFile } from 'node:fs/promises'
import { ask, type Server } from './server.ts'

/** The address of the database for each role. */
export async function pickupDatabase(
  server: Server,
  file: 'role.sql' | 'two-roles.sql',
): Promise<(role: string) => string> {
  const as = (role: string) => server.url.replace('postgres@', `${role}@`).replace(/postgres$/u, 'pickup')
  await ask(server.url, 'create role administrator login createrole createdb')
  await ask(server.url.replace('postgres@', 'administrator@'), 'create database pickup')
  await ask(as('postgres'), 'alter schema public owner to administrator')
  const roles = await readFile(new URL(`../../.deploy/${file}`, import.meta.url), 'utf8')
  await ask(as('administrator'), roles)
  return as
}

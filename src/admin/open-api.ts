/** The OpenAPI 3.1 document of the admin API, made from the table of its routes. */
import { mostGroupsPerMember } from '../core/notification.ts'
import { mostMembers } from '../core/call-group.ts'
import { type Route } from './api.ts'
import { queries, queriesOf } from './query.ts'
import { schemas } from './schemas.ts'

/** Describes all routes, in the order of the table. */
export function openApi(routes: readonly Route[]): object {
  const paths = new Map<string, Record<string, object>>()
  for (const route of routes) {
    const path = `/api/admin${route.path}`
    paths.set(path, { ...paths.get(path), [route.method]: operation(route) })
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Call pickup: administration',
      version: '1',
      description: `Calling settings in the words of Set-CsUserCallingSettings. A call group has at most ${mostMembers} members, and nobody is in more than ${mostGroupsPerMember}.`,
      license: { name: 'MIT', identifier: 'MIT' },
    },
    security: [{ key: [] }],
    paths: Object.fromEntries(paths),
    components: {
      securitySchemes: { key: { type: 'http', scheme: 'bearer', description: 'ADMIN_API_KEY' } },
      schemas,
    },
  }
}

function operation(route: Route): object {
  const {
    method,
    path,
    does,
    takes,
    gives: [status, schema],
    file,
  } = route
  const names = [...path.matchAll(/\{(\w+)\}/gu)].map(([, name = '']) => name)
  const parameters = [
    ...names.map((name) => ({ name, in: 'path', required: true, schema: { type: 'string' } })),
    ...queriesOf(route).map((name) => {
      const [type, description] = queries[name]
      return { name, in: 'query', required: false, description, schema: { type } }
    }),
  ]
  const body = takes === undefined ? {} : { requestBody: { required: true, content: contentOf(takes) } }
  const text = { schema: { type: 'string' } }
  const success = file
    ? { headers: fileNameHeader(file.name), content: { [file.type]: text } }
    : schema === null
      ? {}
      : { content: contentOf(schema) }
  return {
    operationId: operationId(method, path),
    summary: does,
    parameters,
    ...body,
    responses: {
      [status]: { description: 'Done.', ...success },
      default: { description: 'Refused, and nothing was changed.', content: contentOf('Problem') },
    },
  }
}

function fileNameHeader(name: string): object {
  const description = `Says that this is meant to be kept in a file, ${name}.`
  return { 'Content-Disposition': { description, schema: { type: 'string' } } }
}

function operationId(method: string, path: string): string {
  const words = path.split(/[/{}.-]+/u).filter((word) => word !== '')
  return [method, ...words]
    .map((word, at) => (at === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1)))
    .join('')
}

function contentOf(schema: string): object {
  if (schema === 'text') return { 'text/plain': { schema: { type: 'string' } } }
  if (schema === 'lines') return { 'application/x-ndjson': { schema: { type: 'string' } } }
  if (schema === 'OpenApi') return { 'application/json': { schema: { type: 'object' } } }
  return { 'application/json': { schema: { $ref: `#/components/schemas/${schema}` } } }
}

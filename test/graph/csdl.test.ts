import assert from 'node:assert/strict'
import { checkAction, checkValue } from './csdl-check.ts'
import { readMetadata } from './csdl.ts'

const metadata = readMetadata(`<?xml version="1.0"?>
<edmx:Edmx xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices>
  <Schema Namespace="office.desk">
    <EntityType Name="entity" Abstract="true">
      <Key><PropertyRef Name="id" /></Key>
      <Property Name="id" Type="Edm.String" Nullable="false" />
    </EntityType>
    <EntityType Name="phone" BaseType="desk.entity">
      <Property Name="colour" Type="desk.colour" />
      <Property Name="keys" Type="Edm.Int32" Nullable="false" />
      <Property Name="isOn" Type="Edm.Boolean" />
      <Property Name="since" Type="Edm.DateTimeOffset" />
      <Property Name="rang" Type="Edm.Duration" />
      <Property Name="names" Type="Collection(Edm.String)" />
      <Property Name="days" Type="desk.days" />
      <Property Name="handset" Type="desk.handset" />
      <NavigationProperty Name="owner" Type="desk.person" />
    </EntityType>
    <ComplexType Name="handset" />
    <ComplexType Name="cordless" BaseType="desk.handset" OpenType="true">
      <Property Name="battery" Type="Edm.Double" />
    </ComplexType>
    <EnumType Name="colour"><Member Name="red" Value="0" /><Member Name="green" Value="1" /></EnumType>
    <EnumType Name="days" IsFlags="true"><Member Name="monday" Value="1" /><Member Name="friday" Value="2" /></EnumType>
    <Action Name="ring" IsBound="true">
      <Parameter Name="bindingParameter" Type="desk.phone" />
      <Parameter Name="tone" Type="Edm.String" Nullable="false" />
      <Parameter Name="colours" Type="Collection(desk.colour)" />
      <ReturnType Type="Collection(desk.phone)" />
    </Action>
  </Schema>
</edmx:DataServices></edmx:Edmx>`)

const phone = { '@odata.context': 'x', id: '1', keys: 12 }
const complaints = (value: unknown) => checkValue(metadata, 'office.desk.phone', value)

describe('Holding JSON against metadata', () => {
  it('finds nothing wrong with what is right', () => {
    const all = {
      ...phone,
      colour: 'red',
      isOn: null,
      since: '2026-03-02T08:15:30.1234567Z',
      rang: 'PT20.5S',
      names: ['one', 'two'],
      'names@odata.count': 2,
      days: 'monday,friday',
      handset: { '@odata.type': '#office.desk.cordless', battery: 0.5 },
    }
    assert.deepEqual(complaints(all), { problems: [], warnings: [] })
    assert.deepEqual(checkValue(metadata, 'Collection(office.desk.phone)', [all]).problems, [])
  })

  const wrong: ReadonlyArray<readonly [object, string]> = [
    [{ ...phone, size: 3 }, '$.size: is not declared'],
    [{ ...phone, Colour: 'red' }, '$.Colour: is not declared'],
    [{ ...phone, keys: null }, '$.keys: must not be null'],
    [{ ...phone, keys: '12' }, '$.keys: is no Edm.Int32'],
    [{ ...phone, keys: 1.5 }, '$.keys: is no Edm.Int32'],
    [{ ...phone, isOn: 'true' }, '$.isOn: is no Edm.Boolean'],
    [{ ...phone, since: 'yesterday' }, '$.since: is no Edm.DateTimeOffset'],
    [{ ...phone, rang: '20' }, '$.rang: is no Edm.Duration'],
    [{ ...phone, names: 'one' }, '$.names: is no array'],
    [{ ...phone, names: ['one', 2] }, '$.names[1]: is no Edm.String'],
    [{ ...phone, names: [null] }, '$.names[0]: must not be null'],
    [{ ...phone, colour: 'blue' }, '$.colour: blue is no member'],
    [{ ...phone, colour: 7 }, '$.colour: is no word'],
    [{ ...phone, days: 'monday, sunday' }, '$.days: sunday is no member'],
    [{ ...phone, handset: 'grey' }, '$.handset: is no object'],
    [{ ...phone, handset: { battery: 1 } }, '$.handset.battery: is not declared'],
    [
      { ...phone, handset: { '@odata.type': '#office.desk.phone' } },
      '$.handset: office.desk.phone is no office.desk.handset',
    ],
    [
      { ...phone, handset: { '@odata.type': '#office.desk.corded' } },
      '$.handset: office.desk.corded is no office.desk.handset',
    ],
    [
      { ...phone, handset: { '@odata.type': '#office.desk.cordless', battery: 'full' } },
      '$.handset.battery: is no Edm.Double',
    ],
  ]
  for (const [value, problem] of wrong)
    it(`finds that ${problem}`, () => {
      assert.deepEqual(complaints(value).problems, [problem])
    })

  const open: ReadonlyArray<readonly [object, string]> = [
    [{ id: '1' }, '$.keys: is missing'],
    [{ ...phone, colour: 'Red' }, '$.colour: Red is written otherwise'],
    [{ ...phone, owner: {} }, '$.owner: is of desk.person, which the metadata leaves out'],
    [
      { ...phone, handset: { '@odata.type': '#office.desk.cordless', range: 3 } },
      '$.handset.range: is not declared, on an open type',
    ],
  ]
  for (const [value, warning] of open)
    it(`only warns that ${warning}`, () => {
      const { problems, warnings } = complaints(value)
      assert.deepEqual(problems, [])
      assert.deepEqual(warnings, [warning.replace('desk.person', 'office.desk.person')])
    })

  it('holds actions against their parameters', () => {
    const ring = (body: unknown) => checkAction(metadata, 'office.desk.phone', 'ring', body).problems
    assert.deepEqual(ring({ tone: 'a' }), [])
    assert.deepEqual(ring({ tone: 'a', colours: ['red'] }), [])
    assert.deepEqual(ring({}), ['$.tone: is missing'])
    assert.deepEqual(ring({ tone: 'a', loud: true }), ['$.loud: is not declared'])
    assert.deepEqual(ring({ tone: 'a', colours: ['blue'] }), ['$.colours[0]: blue is no member'])
    assert.deepEqual(ring([]), ['$: is no object'])
    const none = checkAction(metadata, 'office.desk.handset', 'ring', {}).problems
    assert.deepEqual(none, ['$: office.desk.handset has no action ring'])
    assert.equal(metadata.actions.get('ring')?.[0]?.returns, 'Collection(office.desk.phone)')
  })

  it('refuses a document that is not whole', () => {
    assert.throws(() => readMetadata('<Schema Namespace="x">'), /does not end/)
    assert.throws(() => readMetadata('<Schema Namespace="x"></Other>'), /did not begin/)
  })
})

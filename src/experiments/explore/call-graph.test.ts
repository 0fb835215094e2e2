import { expect, test } from 'vitest';
import { describeSystem } from '../generator/describe-system.js';
import { callGraphFigure, placeServices } from './call-graph.js';

test('a service stands right of all that call it, however short the other ways to it are', () => {
  // gateway -> cart -> cache, gateway -> cache
  const edges = [
    { from: 'gateway', to: 'cache' },
    { from: 'cart', to: 'cache' },
    { from: 'gateway', to: 'cart' },
  ];

  const placed = placeServices(['cache', 'cart', 'gateway'], edges);

  expect(placed.map(({ name, layer }) => [name, layer])).toEqual([
    ['gateway', 0],
    ['cart', 1],
    ['cache', 2],
  ]);
});

test('every call of the shop goes to the right, and no two services share a place', () => {
  const { services, edges } = describeSystem();

  const placed = placeServices(
    services.map(({ name }) => name),
    edges,
  );

  const layerOf = new Map(placed.map(({ name, layer }) => [name, layer]));
  expect(edges.filter(({ from, to }) => layerOf.get(to)! <= layerOf.get(from)!)).toEqual([]);
  expect(new Set(placed.map(({ layer, row }) => `${layer}|${row}`)).size).toBe(services.length);
});

test('calls that go round in a circle are refused', () => {
  const edges = [
    { from: 'a', to: 'b' },
    { from: 'b', to: 'a' },
  ];

  expect(() => placeServices(['a', 'b'], edges)).toThrow(/round in a circle/);
});

test('the figure has an arrow for each call and says how much each service writes', () => {
  const edges = [{ from: 'gateway', to: 'cart' }];
  const placed = placeServices(['gateway', 'cart'], edges);

  const figure = callGraphFigure(placed, edges, new Map([['gateway', 12_345]]));

  expect(figure.data[0]).toMatchObject({ text: ['<b>gateway</b><br>12,345', '<b>cart</b><br>0'] });
  expect(figure.layout).toMatchObject({ annotations: [{ ax: 0, x: 1, showarrow: true }] });
});

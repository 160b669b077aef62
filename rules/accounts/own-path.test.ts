import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { ownPath } from './own-path.js';

const paths = suite('[IAM-02] where a person may be sent after signing in');

const ours: [wanted: string, path: string][] = [
  ['/', '/'],
  ['/orders/NQ-10497', '/orders/NQ-10497'],
  ['/invoices?show=all&q=%D1%85', '/invoices?show=all&q=%D1%85'],
  ['/a/../orders', '/orders'],
];
for (const [wanted, path] of ours) {
  paths(`${wanted} is ours`, () => {
    assert.is(ownPath(wanted), path);
  });
}

const others: unknown[] = [
  undefined,
  '',
  'orders',
  ['/orders', '/invoices'],
  'https://evil.example/',
  '//evil.example',
  '/\\evil.example',
  '\\/evil.example',
  '/\t/evil.example',
  '/\n//evil.example',
  '/.//evil.example',
  '/a/..//evil.example',
  'javascript:alert(1)',
  '/хмара',
];
for (const wanted of others) {
  paths(`${JSON.stringify(wanted)} is not`, () => {
    assert.is(ownPath(wanted), undefined);
  });
}

paths.run();

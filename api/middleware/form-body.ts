import express, { type RequestHandler } from 'express';

const withProto = new WeakSet<object>();

/** Reads forms; a field sent twice is an array. */
export const formBody: readonly RequestHandler[] = [
  express.urlencoded({
    extended: false,
    limit: '64kb',
    parameterLimit: 300,
    verify: (request, _response, raw) => {
      if (/(?:^|&)__proto__(?:=|&|$)/.test(raw.toString('latin1'))) withProto.add(request);
    },
  }),
  giveProtoBack,
];

/** The parser leaves a field of that name out without a word; forms that take nothing unknown must see that it was sent. */
function giveProtoBack(...[request, _response, next]: Parameters<RequestHandler>): void {
  if (withProto.has(request)) Object.defineProperty(request.body, '__proto__', { value: '', enumerable: true });
  next();
}

/** An answer that is not a success, in the words of DMTF's Base registry (DSP8011). */
export class RedfishError extends Error {
  override name = 'RedfishError';

  constructor(
    readonly status: number,
    readonly messageId: string,
    message: string,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
  }

  /** DSP0266 §8.6. */
  body(): object {
    const MessageId = `Base.1.18.${this.messageId}`;
    const info = { '@odata.type': '#Message.v1_2_1.Message', MessageId, Message: this.message, Severity: 'Critical' };
    return { error: { code: MessageId, message: this.message, '@Message.ExtendedInfo': [info] } };
  }
}

export const missing = (path: string) =>
  new RedfishError(404, 'ResourceMissingAtURI', `The resource at the URI ${path} was not found.`);

export const unauthorized = () =>
  new RedfishError(401, 'NoValidSession', 'There is no valid session established with the implementation.', {
    'www-authenticate': 'Basic realm="Redfish"',
  });

export const forbidden = () =>
  new RedfishError(403, 'InsufficientPrivilege', 'There are insufficient privileges for the account or credentials.');

export const badProperty = (message: string) => new RedfishError(400, 'PropertyValueError', message);

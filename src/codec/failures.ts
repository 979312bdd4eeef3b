import { DefaultFailureConverter, type FailureConverter } from '@temporalio/common';
import { isRestricted } from './restricted.js';

const open = new DefaultFailureConverter();
const encoded = new DefaultFailureConverter({ encodeCommonAttributes: true });

/**
 * Puts the message and the stack of a restricted workflow's failures where the codec encrypts them; those of others stay
 * readable. Named as the SDK asks for it under `failureConverterPath`; it also runs inside workflows.
 */
export const failureConverter: FailureConverter = {
  errorToFailure: (error, payloadConverter, context) =>
    (isRestricted(context) ? encoded : open).errorToFailure(error, payloadConverter, context),
  failureToError: (failure, payloadConverter, context) => open.failureToError(failure, payloadConverter, context),
};

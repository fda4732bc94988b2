package dev.vat.sandbox;

/// The errors of the S3 API that the sandbox gives, with their HTTP statuses.
///
/// Source: Amazon S3 API Reference, "Error responses", and the pages of the operations.
enum ErrorCode {
  ACCESS_DENIED("AccessDenied", 403, "Access Denied"),
  AUTHORIZATION_HEADER("AuthorizationHeaderMalformed", 400, "The authorization is malformed."),
  AUTHORIZATION_QUERY("AuthorizationQueryParametersError", 400, "The signature is malformed."),
  BAD_DIGEST("BadDigest", 400, "The checksum you specified did not match what we received."),
  BAD_REQUEST("BadRequest", 400, "Bad Request"),
  BUCKET_ALREADY_OWNED_BY_YOU("BucketAlreadyOwnedByYou", 409, "The bucket is yours already."),
  BUCKET_NOT_EMPTY("BucketNotEmpty", 409, "The bucket you tried to delete is not empty."),
  ENTITY_TOO_LARGE("EntityTooLarge", 400, "Your proposed upload exceeds the maximum size."),
  ENTITY_TOO_SMALL("EntityTooSmall", 400, "Every part but the last has at least 5 MiB."),
  INCOMPLETE_BODY("IncompleteBody", 400, "You did not provide the bytes that you announced."),
  INTERNAL_ERROR("InternalError", 500, "We encountered an internal error. Please try again."),
  INVALID_ACCESS_KEY_ID("InvalidAccessKeyId", 403, "The access key is not this server's."),
  INVALID_ARGUMENT("InvalidArgument", 400, "Invalid Argument"),
  INVALID_BUCKET_NAME("InvalidBucketName", 400, "The specified bucket is not valid."),
  INVALID_CHUNK_SIZE("InvalidChunkSizeError", 403, "Only the last chunk may be under 8192 bytes."),
  INVALID_DIGEST("InvalidDigest", 400, "The Content-MD5 you specified is not valid."),
  INVALID_OBJECT_STATE("InvalidObjectState", 403, "The object is frozen: it must be thawed."),
  INVALID_PART("InvalidPart", 400, "A part is missing, or its ETag or checksum is another."),
  INVALID_PART_NUMBER("InvalidPartNumber", 416, "The object has no such part."),
  INVALID_PART_ORDER("InvalidPartOrder", 400, "The parts must be listed in ascending order."),
  INVALID_RANGE("InvalidRange", 416, "The requested range is not satisfiable."),
  INVALID_REQUEST("InvalidRequest", 400, "Invalid Request"),
  INVALID_STORAGE_CLASS("InvalidStorageClass", 400, "The storage class is not valid."),
  INVALID_TAG("InvalidTag", 400, "The tag provided was not a valid tag."),
  INVALID_URI("InvalidURI", 400, "The URI could not be read."),
  KEY_TOO_LONG("KeyTooLongError", 400, "A key has at most 1024 bytes of UTF-8."),
  MALFORMED_POLICY("MalformedPolicy", 400, "The policy is not in JSON, or too long."),
  MALFORMED_XML("MalformedXML", 400, "The XML is not well-formed or not as expected."),
  METADATA_TOO_LARGE("MetadataTooLarge", 400, "User metadata has at most 2048 bytes."),
  MISSING_CONTENT_LENGTH("MissingContentLength", 411, "You must say how long the body is."),
  NO_SUCH_BUCKET("NoSuchBucket", 404, "The specified bucket does not exist."),
  NO_SUCH_BUCKET_POLICY("NoSuchBucketPolicy", 404, "The bucket policy does not exist"),
  NO_SUCH_KEY("NoSuchKey", 404, "The specified key does not exist."),
  NO_SUCH_LIFECYCLE("NoSuchLifecycleConfiguration", 404, "The bucket has no life cycle rules."),
  NO_SUCH_PUBLIC_ACCESS_BLOCK(
      "NoSuchPublicAccessBlockConfiguration", 404, "The bucket has no public access block."),
  NO_SUCH_UPLOAD("NoSuchUpload", 404, "The upload was completed, aborted or never begun."),
  NOT_IMPLEMENTED("NotImplemented", 501, "The sandbox does not know how to do this."),
  OBJECT_NOT_IN_ACTIVE_TIER("ObjectNotInActiveTierError", 403, "The source object is frozen."),
  PRECONDITION_FAILED("PreconditionFailed", 412, "A condition that you set did not hold."),
  RESTORE_ALREADY_IN_PROGRESS(
      "RestoreAlreadyInProgress", 409, "Object restore is already in progress"),
  REQUEST_TIME_TOO_SKEWED("RequestTimeTooSkewed", 403, "Your clock and the server's differ."),
  SHA256_MISMATCH("XAmzContentSHA256Mismatch", 400, "The body has not the SHA-256 you signed."),
  SIGNATURE_DOES_NOT_MATCH("SignatureDoesNotMatch", 403, "Another signature: check the key.");

  final String code;
  final int status;
  private final String message;

  ErrorCode(String code, int status, String message) {
    this.code = code;
    this.status = status;
    this.message = message;
  }

  S3Error error() {
    return new S3Error(this, message);
  }

  S3Error error(String why) {
    return new S3Error(this, why);
  }

  /// Refuses the request if this is so.
  void when(boolean wrong) {
    when(wrong, message);
  }

  void when(boolean wrong, String why) {
    if (wrong) {
      throw error(why);
    }
  }
}

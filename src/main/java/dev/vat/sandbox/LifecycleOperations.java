package dev.vat.sandbox;

import java.io.IOException;

/// The operations on the life cycle rules of a bucket.
///
/// Source: Amazon S3 API Reference, PutBucketLifecycleConfiguration,
/// GetBucketLifecycleConfiguration, DeleteBucketLifecycle.
final class LifecycleOperations {
  private final Store store;

  LifecycleOperations(Store store) {
    this.store = store;
  }

  void put(Call call, Body body, Answer answer) throws IOException {
    ErrorCode.INVALID_REQUEST.when(
        call.header("Content-MD5").isEmpty() && body.sent().isEmpty(),
        "Missing Content-MD5 or x-amz-checksum-*");
    Lifecycle lifecycle =
        Lifecycle.of(body.xml("LifecycleConfiguration"), call.header(Lifecycle.MINIMUM_HEADER));
    store.change(
        store.bucket(call.bucket).name(),
        ErrorCode.NO_SUCH_BUCKET,
        b -> b.withFacts(lifecycle.in(b.facts())));
    answer.set(Lifecycle.MINIMUM_HEADER, lifecycle.minimum()).send(200);
  }

  void get(Call call, Body body, Answer answer) throws IOException {
    Lifecycle lifecycle =
        Lifecycle.of(store.bucket(call.bucket)).orElseThrow(ErrorCode.NO_SUCH_LIFECYCLE::error);
    answer.set(Lifecycle.MINIMUM_HEADER, lifecycle.minimum()).send(lifecycle.xml());
  }

  void delete(Call call, Body body, Answer answer) throws IOException {
    store.change(
        store.bucket(call.bucket).name(),
        ErrorCode.NO_SUCH_BUCKET,
        b -> b.withFacts(Lifecycle.without(b.facts())));
    answer.send(204);
  }
}

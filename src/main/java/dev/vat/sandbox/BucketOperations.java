package dev.vat.sandbox;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The operations on buckets and on many objects at once.
///
/// Source: Amazon S3 API Reference, ListBuckets, CreateBucket, HeadBucket, DeleteBucket,
/// GetBucketLocation, GetBucketStoreding, ListObjectsV2, DeleteObjects.
final class BucketOperations {
  private static final int MAX_DELETES = 1000;
  private static final String FIRST_REGION = "us-east-1";

  private final Store store;

  BucketOperations(Store store) {
    this.store = store;
  }

  void list(Call call, Body body, Answer answer) throws IOException {
    Xml xml = new Xml("ListAllMyBucketsResult").open("Buckets");
    for (Stored bucket : store.under("/").filter(s -> s.key().isEmpty()).toList()) {
      xml.open("Bucket").text("Name", bucket.bucket()).text("CreationDate", bucket.modified());
      xml.close("Bucket");
    }
    answer.send(xml.close("Buckets"));
  }

  /// S3's naming rules, those that are about characters.
  ///
  /// @throws IllegalArgumentException when a bucket cannot have this name
  static void checkName(String name) {
    if (!name.matches("(?!.*\\.\\.)(?![\\d.]+$)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")) {
      throw new IllegalArgumentException(
          "a bucket's name is 3 to 63 of a-z, 0-9, '.' and '-', such as my-videos; not " + name);
    }
  }

  void create(Call call, Body body, Answer answer) throws IOException {
    try {
      checkName(call.bucket);
    } catch (IllegalArgumentException e) {
      throw ErrorCode.INVALID_BUCKET_NAME.error(e.getMessage());
    }
    String region =
        body.isEmpty() ? "" : body.xml("CreateBucketConfiguration").value("LocationConstraint");
    store.put(
        Stored.bucket(call.bucket, call.now, region),
        Condition.absent(ErrorCode.BUCKET_ALREADY_OWNED_BY_YOU));
    answer.set("Location", "/" + call.bucket).send(200);
  }

  void head(Call call, Body body, Answer answer) throws IOException {
    String region = store.bucket(call.bucket).fact("region");
    answer.set("x-amz-bucket-region", region.isEmpty() ? FIRST_REGION : region).send(200);
  }

  void delete(Call call, Body body, Answer answer) throws IOException {
    store.removeBucket(call.bucket);
    answer.send(204);
  }

  void location(Call call, Body body, Answer answer) throws IOException {
    answer.send(new Xml("LocationConstraint").text(store.bucket(call.bucket).fact("region")));
  }

  void listObjects(Call call, Body body, Answer answer) throws IOException {
    String prefix = call.param("prefix");
    String delimiter = call.param("delimiter");
    String token = call.param("continuation-token");
    int max = call.pageSize("max-keys");
    boolean withRestore = restoreStatusWanted(call);
    String after = token.isEmpty() ? call.param("start-after") : UriText.decode(token);
    Map<String, Stored> page = page(call, prefix, delimiter, after, max + 1);
    boolean truncated = max > 0 && page.size() > max;
    List<String> names = page.keySet().stream().limit(max).toList();
    Xml xml =
        new Xml("ListBucketResult")
            .text("Name", call.bucket)
            .text("Prefix", call.written(prefix))
            .text("Delimiter", delimiter.isEmpty() ? null : call.written(delimiter))
            .text("EncodingType", call.has("encoding-type") ? "url" : null)
            .text("MaxKeys", max)
            .text("KeyCount", names.size())
            .text("IsTruncated", truncated)
            .text("NextContinuationToken", truncated ? UriText.encode(names.getLast()) : null);
    for (String name : names) {
      Stored object = page.get(name);
      if (name.equals(object.key())) {
        entry(xml, call.written(name), object);
        if (withRestore) {
          Thaw.of(object, call.now).ifPresent(t -> t.writeTo(xml, call.now));
        }
        xml.close("Contents");
      } else {
        xml.open("CommonPrefixes").text("Prefix", call.written(name)).close("CommonPrefixes");
      }
    }
    answer.send(xml);
  }

  private static boolean restoreStatusWanted(Call call) {
    String wanted = call.header("x-amz-optional-object-attributes");
    ErrorCode.INVALID_ARGUMENT.when(
        !wanted.matches("(RestoreStatus)?"), "The only optional attribute is RestoreStatus.");
    return !wanted.isEmpty();
  }

  /// Keys and common prefixes in their order, each with its first object.
  private Map<String, Stored> page(
      Call call, String prefix, String delimiter, String after, int most) {
    String bucket = store.bucket(call.bucket).name();
    String from = Store.BY_UTF8.compare(after, prefix) > 0 ? after : prefix;
    Map<String, Stored> page = new LinkedHashMap<>();
    for (Stored object : store.from(bucket + from)) {
      if (!object.name().startsWith(bucket + prefix) || page.size() == most) {
        break;
      }
      String key = object.key();
      int cut = delimiter.isEmpty() ? -1 : key.indexOf(delimiter, prefix.length());
      String name = cut < 0 ? key : key.substring(0, cut + delimiter.length());
      if (!name.equals(after)) {
        page.putIfAbsent(name, object);
      }
    }
    return page;
  }

  private static void entry(Xml xml, String name, Stored object) {
    xml.open("Contents")
        .text("Key", name)
        .text("LastModified", object.modified())
        .text("ETag", object.fact("etag"))
        .text("ChecksumAlgorithm", object.algorithm())
        .text("ChecksumType", object.fact("type"))
        .text("Size", object.size())
        .text("StorageClass", object.storageClass());
  }

  void deleteObjects(Call call, Body body, Answer answer) throws IOException {
    ErrorCode.INVALID_REQUEST.when(
        call.header("Content-MD5").isEmpty() && body.sent().isEmpty(),
        "Missing Content-MD5 or x-amz-checksum-*");
    Xml.Element request = body.xml("Delete");
    List<Xml.Element> objects = request.all("Object");
    ErrorCode.MALFORMED_XML.when(
        objects.isEmpty() || objects.size() > MAX_DELETES, "A request deletes 1 to 1,000 objects.");
    Xml xml = new Xml("DeleteResult");
    for (Xml.Element object : objects) {
      String key = object.value("Key");
      ErrorCode.MALFORMED_XML.when(key.isEmpty());
      try {
        delete(call, key, object);
        if (!request.value("Quiet").equals("true")) {
          xml.open("Deleted").text("Key", key).close("Deleted");
        }
      } catch (S3Error e) {
        xml.open("Error").text("Key", key).text("Code", e.code.code);
        xml.text("Message", e.getMessage()).close("Error");
      }
    }
    answer.send(xml);
  }

  private void delete(Call call, String key, Xml.Element object) throws IOException {
    for (String unknown : List.of("LastModifiedTime", "Size", "VersionId")) {
      ErrorCode.NOT_IMPLEMENTED.when(
          !object.value(unknown).isEmpty(), "The sandbox does not know " + unknown);
    }
    String path = store.bucket(call.bucket).name() + key;
    store.remove(path, Condition.onMatch(object.value("ETag")));
  }
}

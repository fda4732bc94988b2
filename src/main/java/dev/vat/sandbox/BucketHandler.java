package dev.vat.sandbox;

import java.io.IOException;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/// The operations on buckets, and deleting many objects at once.
///
/// Source: Amazon S3 API Reference, ListBuckets, CreateBucket, DeleteBucket, HeadBucket,
/// GetBucketLocation, GetBucketVersioning, DeleteObjects.
final class BucketHandler {
  private static final int MAX_DELETES = 1000;
  private static final String FIRST_REGION = "us-east-1";

  private final ObjectFiles files;
  private final InstantSource clock;

  BucketHandler(ObjectFiles files, InstantSource clock) {
    this.files = files;
    this.clock = clock;
  }

  Reply listAll() {
    Xml xml = Xml.of("ListAllMyBucketsResult");
    Listing.owner(xml, "Owner").open("Buckets");
    for (Bucket bucket : files.buckets().values()) {
      xml.open("Bucket").text("Name", bucket.name).text("CreationDate", bucket.created);
      xml.close("Bucket");
    }
    return Reply.xml(xml.close("Buckets").close("ListAllMyBucketsResult"));
  }

  Reply create(Call call, RequestBody body) throws IOException {
    try {
      ObjectFiles.checkBucketName(call.bucket);
    } catch (IllegalArgumentException e) {
      throw ErrorCode.INVALID_BUCKET_NAME.error(e.getMessage());
    }
    String region =
        body.isEmpty()
            ? ""
            : body.xml("CreateBucketConfiguration").value("LocationConstraint").orElse("");
    files.create(call.bucket, clock.instant().truncatedTo(ChronoUnit.SECONDS), region);
    return Reply.empty(200, Map.of("Location", "/" + call.bucket));
  }

  Reply delete(Call call) throws IOException {
    files.delete(call.bucket);
    return Reply.empty(204);
  }

  Reply head(Call call) {
    String region = files.bucket(call.bucket).region;
    return Reply.empty(
        200, Map.of("x-amz-bucket-region", region.isEmpty() ? FIRST_REGION : region));
  }

  Reply location(Call call) {
    String region = files.bucket(call.bucket).region;
    return Reply.xml(Xml.of("LocationConstraint").characters(region).close("LocationConstraint"));
  }

  Reply versioning(Call call) {
    files.bucket(call.bucket);
    return Reply.xml(Xml.of("VersioningConfiguration").close("VersioningConfiguration"));
  }

  Reply deleteMany(Call call, RequestBody body) throws IOException {
    Bucket bucket = files.bucket(call.bucket);
    if (call.header("Content-MD5").isEmpty() && body.sent().isEmpty()) {
      throw ErrorCode.INVALID_REQUEST.error(
          "Missing required header for this request: Content-MD5 or x-amz-checksum-*");
    }
    Xml.Element request = body.xml("Delete");
    List<Xml.Element> objects = request.all("Object");
    if (objects.isEmpty() || objects.size() > MAX_DELETES) {
      throw ErrorCode.MALFORMED_XML.error("A request deletes 1 to 1,000 objects.");
    }
    boolean quiet = request.value("Quiet").filter("true"::equals).isPresent();
    Xml xml = Xml.of("DeleteResult");
    for (Xml.Element object : objects) {
      String key = object.value("Key").orElseThrow(ErrorCode.MALFORMED_XML::error);
      try {
        deleteOne(bucket, key, object);
        if (!quiet) {
          xml.open("Deleted").text("Key", key).close("Deleted");
        }
      } catch (S3Error e) {
        xml.open("Error").text("Key", key).text("Code", e.code.code);
        xml.text("Message", e.getMessage()).close("Error");
      }
    }
    return Reply.xml(xml.close("DeleteResult"));
  }

  private static void deleteOne(Bucket bucket, String key, Xml.Element object) throws IOException {
    boolean unknown =
        object.value("LastModifiedTime").isPresent()
            || object.value("Size").isPresent()
            || object.value("VersionId").filter(v -> !v.equals("null")).isPresent();
    if (unknown) {
      throw ErrorCode.NOT_IMPLEMENTED.error();
    }
    bucket.remove(key, new Conditions.OnWrite(false, object.value("ETag").orElse(null)));
  }
}

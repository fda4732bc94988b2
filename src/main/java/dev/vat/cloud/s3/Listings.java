package dev.vat.cloud.s3;

import dev.vat.cloud.ObjectSummary;
import dev.vat.cloud.OpenUpload;
import dev.vat.cloud.StorageClass;
import dev.vat.cloud.StoreException;
import dev.vat.cloud.Thaw;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.Initiator;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.OptionalObjectAttributes;
import software.amazon.awssdk.services.s3.model.RestoreStatus;
import software.amazon.awssdk.services.s3.model.S3Object;

/// Listings, a page at a time. Keys travel URL-encoded, because XML cannot hold every character
/// that a key can.
final class Listings {
  private static final List<OptionalObjectAttributes> RESTORE_STATUS =
      List.of(OptionalObjectAttributes.RESTORE_STATUS);

  private final Bucket bucket;
  private final boolean own;
  private volatile boolean asksForThaws = true;

  /// @param own whether it is a server other than Amazon's, which may not know thaws in listings
  Listings(Bucket bucket, boolean own) {
    this.bucket = bucket;
    this.own = own;
  }

  void objects(String prefix, Consumer<ObjectSummary> each) throws StoreException {
    Doing doing = new Doing("list", prefix, "s3:ListBucket");
    pages(
        doing,
        prefix,
        null,
        page -> {
          for (S3Object object : page.contents()) {
            each.accept(summary(doing, object));
          }
        });
  }

  /// A page of objects, told with their thaws where it holds anything frozen. Only such a page is
  /// asked for twice, and only the first of a listing: not every S3-compatible server takes the
  /// question, and those that freeze nothing are never asked.
  private ListObjectsV2Response thawed(
      ListObjectsV2Response plain, String prefix, String delimiter, String from)
      throws FaultException {
    boolean frozen =
        plain.contents().stream().anyMatch(object -> storageClass(object).isFrozenClass());
    if (!frozen || !asksForThaws || delimiter != null) {
      return plain;
    }
    try {
      return Calls.make(() -> page(prefix, delimiter, from, true));
    } catch (FaultException e) {
      if (own && e.fault() instanceof Fault.Answered answered && refusesHeader(answered)) {
        asksForThaws = false;
        return plain;
      }
      throw e;
    }
  }

  private static boolean refusesHeader(Fault.Answered answered) {
    return answered.status() == 501 || answered.status() == 400;
  }

  void folders(String prefix, Consumer<String> each) throws StoreException {
    pages(
        new Doing("list", prefix, "s3:ListBucket"),
        prefix,
        "/",
        page -> {
          for (CommonPrefix folder : page.commonPrefixes()) {
            each.accept(folder.prefix().substring(prefix.length(), folder.prefix().length() - 1));
          }
        });
  }

  private interface Page {
    void read(ListObjectsV2Response page) throws StoreException;
  }

  private void pages(Doing doing, String prefix, String delimiter, Page each)
      throws StoreException {
    String token = null;
    boolean thaws = false;
    do {
      String from = token;
      boolean asked = thaws && asksForThaws;
      ListObjectsV2Response page =
          bucket
              .retries()
              .run(
                  doing,
                  _ -> {
                    ListObjectsV2Response got =
                        Calls.make(() -> page(prefix, delimiter, from, asked));
                    return asked ? got : thawed(got, prefix, delimiter, from);
                  });
      thaws |= page.contents().stream().anyMatch(o -> storageClass(o).isFrozenClass());
      each.read(page);
      token = next(doing, page.isTruncated(), page.nextContinuationToken(), from);
    } while (token != null);
  }

  private ListObjectsV2Response page(String prefix, String delimiter, String from, boolean thaws) {
    return bucket
        .client()
        .listObjectsV2(
            l ->
                l.bucket(bucket.name())
                    .prefix(prefix)
                    .delimiter(delimiter)
                    .encodingType(EncodingType.URL)
                    .optionalObjectAttributes(thaws ? RESTORE_STATUS : null)
                    .continuationToken(from));
  }

  private ObjectSummary summary(Doing doing, S3Object object) throws StoreException {
    StorageClass storageClass = storageClass(object);
    RestoreStatus thaw = object.restoreStatus();
    return new ObjectSummary(
        object.key(),
        object.size(),
        bucket.version(doing, object.eTag()),
        object.lastModified(),
        storageClass,
        thaw == null
            ? Thaw.of(storageClass)
            : Thaw.of(
                storageClass,
                Boolean.TRUE.equals(thaw.isRestoreInProgress()),
                Optional.ofNullable(thaw.restoreExpiryDate())));
  }

  private static StorageClass storageClass(S3Object object) {
    return StorageClass.told(object.storageClassAsString());
  }

  void uploads(String prefix, Consumer<OpenUpload> each) throws StoreException {
    Doing doing = new Doing("list the open uploads of", prefix, "s3:ListBucketMultipartUploads");
    String key = null;
    String id = null;
    do {
      String fromKey = key;
      String fromId = id;
      ListMultipartUploadsResponse page =
          bucket.retries().run(doing, _ -> Calls.make(() -> uploadsPage(prefix, fromKey, fromId)));
      for (MultipartUpload upload : page.uploads()) {
        // Not every S3-compatible server minds the prefix here.
        if (upload.key().startsWith(prefix)) {
          each.accept(
              new OpenUpload(
                  upload.key(),
                  upload.uploadId(),
                  upload.initiated(),
                  name(upload.initiator()),
                  StorageClass.told(upload.storageClassAsString())));
        }
      }
      String at = next(doing, page.isTruncated(), marker(page), marker(fromKey, fromId));
      key = at == null ? null : page.nextKeyMarker();
      id = at == null ? null : page.nextUploadIdMarker();
    } while (key != null);
  }

  private ListMultipartUploadsResponse uploadsPage(String prefix, String fromKey, String fromId) {
    return bucket
        .client()
        .listMultipartUploads(
            l ->
                l.bucket(bucket.name())
                    .prefix(prefix)
                    .encodingType(EncodingType.URL)
                    .keyMarker(fromKey)
                    .uploadIdMarker(fromId));
  }

  private static String marker(ListMultipartUploadsResponse page) {
    return marker(page.nextKeyMarker(), page.nextUploadIdMarker());
  }

  private static String marker(String key, String id) {
    return key == null ? null : key + '\0' + id;
  }

  private static String name(Initiator initiator) {
    if (initiator == null) {
      return "";
    }
    // The id first: two people in two accounts may have one name.
    String name = initiator.displayName();
    String id = initiator.id();
    return id != null && !id.isEmpty() ? id : name == null ? "" : name;
  }

  /// Where the next page begins; null after the last one. What does not even say whether it is the
  /// last page is no listing (a proxy's page, an empty answer), and must not look like an empty
  /// one; a server that promises more but does not say where must not make it look complete, nor
  /// endless.
  private String next(Doing doing, Boolean more, String next, String current)
      throws StoreException {
    if (more == null) {
      throw bucket.errors().unexpected(doing, "answered with something that is no listing");
    }
    if (!more) {
      return null;
    }
    if (next == null || next.isEmpty() || next.equals(current)) {
      throw bucket.errors().unexpected(doing, "broke its listing off without saying where");
    }
    return next;
  }
}

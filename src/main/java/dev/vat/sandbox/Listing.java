package dev.vat.sandbox;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.NavigableMap;

/// Lists the objects of a bucket, a page at a time, in the order of the keys' UTF-8 bytes.
///
/// Source: Amazon S3 API Reference, ListObjectsV2 and ListObjects.
final class Listing {
  static final int MAX_KEYS = 1000;
  private static final String OWNER_ID =
      "5a4db0c5a4db0c5a4db0c5a4db0c5a4db0c5a4db0c5a4db0c5a4db0c5a4db0c5";

  private final Bucket bucket;
  private final Call call;
  private final String prefix;
  private final String delimiter;
  private final int maxKeys;
  private final boolean encoded;
  private final List<StoredObject> contents = new ArrayList<>();
  private final List<String> commonPrefixes = new ArrayList<>();
  private String last = "";
  private boolean truncated;

  Listing(Bucket bucket, Call call) {
    this.bucket = bucket;
    this.call = call;
    this.prefix = call.param("prefix").orElse("");
    this.delimiter = call.param("delimiter").orElse("");
    this.maxKeys = Math.min(MAX_KEYS, call.number("max-keys", MAX_KEYS));
    this.encoded = urlEncoded(call);
  }

  /// @throws S3Error when another encoding is asked for
  static boolean urlEncoded(Call call) {
    String type = call.param("encoding-type").orElse("");
    if (!type.isEmpty() && !type.equals("url")) {
      throw ErrorCode.INVALID_ARGUMENT.error("Invalid Encoding Method specified in Request");
    }
    return !type.isEmpty();
  }

  /// The one user of a sandbox.
  static Xml owner(Xml xml, String element) {
    return xml.open(element).text("ID", OWNER_ID).text("DisplayName", "sandbox").close(element);
  }

  Reply version2() {
    String token = call.param("continuation-token").orElse("");
    find(token.isEmpty() ? call.param("start-after").orElse("") : decoded(token));
    Xml xml = begin().text("KeyCount", contents.size() + commonPrefixes.size());
    if (!token.isEmpty()) {
      xml.text("ContinuationToken", token);
    }
    call.param("start-after").ifPresent(s -> xml.text("StartAfter", name(s)));
    if (truncated) {
      byte[] bytes = last.getBytes(StandardCharsets.UTF_8);
      xml.text("NextContinuationToken", Base64.getUrlEncoder().encodeToString(bytes));
    }
    return end(xml, call.param("fetch-owner").filter("true"::equals).isPresent());
  }

  Reply version1() {
    String marker = call.param("marker").orElse("");
    find(marker);
    Xml xml = begin().text("Marker", name(marker));
    if (truncated && !delimiter.isEmpty()) {
      xml.text("NextMarker", name(last));
    }
    return end(xml, true);
  }

  private static String decoded(String token) {
    try {
      return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw ErrorCode.INVALID_ARGUMENT.error("The continuation token provided is incorrect");
    }
  }

  /// @param after a key, or a common prefix that was told already
  private void find(String after) {
    NavigableMap<String, StoredObject> rest =
        Bucket.byUtf8(after, prefix) >= 0 && !after.isEmpty()
            ? bucket.objects().tailMap(after, false)
            : bucket.objects().tailMap(prefix, true);
    String group = after;
    for (StoredObject object : rest.values()) {
      String key = object.key();
      if (!key.startsWith(prefix) || maxKeys == 0) {
        return;
      }
      int cut = delimiter.isEmpty() ? -1 : key.indexOf(delimiter, prefix.length());
      String common = cut < 0 ? null : key.substring(0, cut + delimiter.length());
      if (common != null && common.equals(group)) {
        continue;
      }
      if (contents.size() + commonPrefixes.size() == maxKeys) {
        truncated = true;
        return;
      }
      if (common == null) {
        contents.add(object);
        last = key;
      } else {
        commonPrefixes.add(common);
        group = common;
        last = common;
      }
    }
  }

  private Xml begin() {
    Xml xml = Xml.of("ListBucketResult").text("Name", bucket.name).text("Prefix", name(prefix));
    if (!delimiter.isEmpty()) {
      xml.text("Delimiter", name(delimiter));
    }
    if (encoded) {
      xml.text("EncodingType", "url");
    }
    return xml.text("MaxKeys", maxKeys).text("IsTruncated", truncated);
  }

  private Reply end(Xml xml, boolean owner) {
    for (StoredObject object : contents) {
      xml.open("Contents")
          .text("Key", name(object.key()))
          .text("LastModified", object.modified())
          .text("ETag", object.etag())
          .text("ChecksumAlgorithm", object.checksum().algorithm())
          .text("ChecksumType", object.checksum().type())
          .text("Size", object.size())
          .text("StorageClass", object.storageClass());
      (owner ? owner(xml, "Owner") : xml).close("Contents");
    }
    for (String common : commonPrefixes) {
      xml.open("CommonPrefixes").text("Prefix", name(common)).close("CommonPrefixes");
    }
    return Reply.xml(xml.close("ListBucketResult"));
  }

  private String name(String text) {
    return encoded ? UriText.encode(text, true) : text;
  }
}

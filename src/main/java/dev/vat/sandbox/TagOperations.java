package dev.vat.sandbox;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/// The operations on the tags of objects.
///
/// Source: Amazon S3 API Reference, PutObjectTagging, GetObjectTagging, DeleteObjectTagging.
final class TagOperations {
  private final Store store;

  TagOperations(Store store) {
    this.store = store;
  }

  void get(Call call, Body body, Answer answer) throws IOException {
    answer.send(Tags.of(store.object(call.path)).xml());
  }

  void put(Call call, Body body, Answer answer) throws IOException {
    List<Xml.Element> sets = body.xml("Tagging").all("TagSet");
    ErrorCode.MALFORMED_XML.when(sets.size() != 1);
    replace(call, Tags.ofXml(sets.getFirst().all("Tag")));
    answer.send(200);
  }

  void delete(Call call, Body body, Answer answer) throws IOException {
    replace(call, new Tags(Map.of()));
    answer.send(204);
  }

  private void replace(Call call, Tags tags) throws IOException {
    store.change(call.path, ErrorCode.NO_SUCH_KEY, o -> o.withFacts(tags.in(o.facts())));
  }
}

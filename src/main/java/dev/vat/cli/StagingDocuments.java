package dev.vat.cli;

import dev.vat.staging.LocalFile;
import dev.vat.staging.RemoteFile;
import dev.vat.staging.RemoteSnapshot;
import dev.vat.staging.StagedFile;
import dev.vat.staging.StagedPlace;
import dev.vat.staging.StagingView;
import dev.vat.staging.Standing;
import dev.vat.staging.Tombstone;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// `status` for programs (docs/formats/status.schema.json), and what it shares with `up` and
/// `down`.
final class StagingDocuments {
  private StagingDocuments() {}

  /// @param place `local` or `s3`
  record LeftOut(String place, String name, String why, boolean temporary) {}

  private record Here(long sizeBytes, String md5, String modifiedAt) {}

  private record There(
      long sizeBytes,
      String md5,
      String etag,
      String uploadedBy,
      boolean outsideVat,
      String writtenAt,
      String modifiedAt) {}

  private record Removed(String removedBy, String removedAt) {}

  private record FileLine(String name, String standing, Here local, There s3, Removed removed) {}

  private record Status(
      String repo,
      String project,
      String address,
      boolean inSync,
      String lastSync,
      String lastSyncBy,
      List<FileLine> files,
      List<LeftOut> leftOut) {}

  /// The body of `vat.status/1`.
  static Object status(StagedPlace place, StagingView view, boolean inSync) {
    RemoteSnapshot remote = view.remote();
    return new Status(
        place.repo(),
        place.project().value(),
        place.address(),
        inSync,
        remote.lastSync().map(Object::toString).orElse(null),
        remote.lastSyncBy().orElse(null),
        view.files().values().stream().map(StagingDocuments::line).toList(),
        leftOut(view));
  }

  private static FileLine line(StagedFile file) {
    return new FileLine(
        file.name().value(),
        word(file.standing()),
        file.local().map(StagingDocuments::here).orElse(null),
        file.remote().map(StagingDocuments::there).orElse(null),
        file.tombstone().map(StagingDocuments::removed).orElse(null));
  }

  private static Here here(LocalFile file) {
    return new Here(
        file.sizeBytes(), file.content().md5().hex(), file.stamp().modifiedAt().toString());
  }

  private static There there(RemoteFile file) {
    return new There(
        file.sizeBytes(),
        file.md5().map(Object::toString).orElse(null),
        file.etag().value(),
        file.uploadedBy().orElse(null),
        file.isFromOutside(),
        file.writtenAt().toString(),
        file.modifiedAt().map(Object::toString).orElse(null));
  }

  private static Removed removed(Tombstone tombstone) {
    return new Removed(tombstone.removedBy(), tombstone.removedAt().toString());
  }

  static List<LeftOut> leftOut(StagingView view) {
    List<LeftOut> all = new ArrayList<>();
    view.local()
        .leftOut()
        .forEach(l -> all.add(new LeftOut("local", l.shown(), l.why(), l.temporary())));
    view.remote().refused().forEach(r -> all.add(new LeftOut("s3", r.key(), r.why(), false)));
    return all;
  }

  /// `in_sync`, `only_here` ...
  static String word(Standing standing) {
    return standing.name().toLowerCase(Locale.ROOT);
  }
}

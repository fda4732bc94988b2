package dev.vat.staging;

import dev.vat.project.RelativeName;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// What is known of a staged file that somebody wants to show to others.
public sealed interface Shareable {
  /// It is in S3.
  ///
  /// @param file as S3 holds it now
  /// @param contentType by which a browser can play or show it
  /// @param frozen in a storage class that can be read only after a thaw
  /// @param standing how this computer's version stands to S3's; empty when that cannot be told,
  ///     because the one here is still being written, say
  record InS3(RemoteFile file, String contentType, boolean frozen, Optional<Standing> standing)
      implements Shareable {
    public InS3 {
      Objects.requireNonNull(file);
      Objects.requireNonNull(contentType);
      Objects.requireNonNull(standing);
    }
  }

  /// It is a folder.
  ///
  /// @param inS3 the files below it that S3 holds, sorted
  record Folder(List<RelativeName> inS3) implements Shareable {
    public Folder {
      inS3 = List.copyOf(inS3);
    }
  }

  /// It is on this computer only.
  record OnlyHere() implements Shareable {}

  /// Nothing is called so, here or in S3.
  ///
  /// @param names what there is in S3, sorted
  record Unknown(List<RelativeName> names) implements Shareable {
    public Unknown {
      names = List.copyOf(names);
    }
  }
}

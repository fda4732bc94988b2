package dev.vat.archive;

import dev.vat.project.RelativeName;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One extraction of a whole archive.
///
/// The archive is a sequence of contents, each behind the headers of what comes before it. After
/// something damaged the place in the tar is lost; the next content is found by its offset, and
/// what is between them is taken from the table of contents alone.
final class Extracting {
  private final Members members;
  private final ContentReading contents;
  private final List<TocEntry> entries;
  private final long tocOffset;
  private final ExtractionSink sink;
  private final List<RelativeName> extracted = new ArrayList<>();
  private final List<Extraction.NotExtracted> notExtracted = new ArrayList<>();
  private Optional<String> problem = Optional.empty();
  private boolean stopped;

  private int next;
  private int padding;
  private boolean headersKnown = true;

  /// @param members null when there is nothing before the table of contents
  Extracting(Members members, Toc toc, long tocOffset, ExtractionSink sink) {
    this.members = members;
    this.contents = new ContentReading(members);
    this.entries = toc.entries();
    this.tocOffset = tocOffset;
    this.sink = sink;
  }

  Extraction run() throws IOException {
    boolean more = true;
    while (more && !stopped) {
      int content = contentFrom(next);
      more = content < entries.size();
      long begin = more ? offset(content) : tocOffset;
      headers(content, begin);
      if (!stopped) {
        withoutContent(content);
        if (more) {
          content((TocEntry.File) entries.get(content), offset(contentFrom(content + 1)));
          next = content + 1;
        }
      }
    }
    for (TocEntry entry : entries.subList(next, entries.size())) {
      notExtracted.add(
          new Extraction.NotExtracted(entry.name(), "not reached: " + problem.orElseThrow()));
    }
    return new Extraction(extracted, notExtracted, problem);
  }

  /// The next entry with a content, or the end.
  private int contentFrom(int index) {
    int at = index;
    while (at < entries.size()
        && !(entries.get(at) instanceof TocEntry.File file && file.sizeBytes() > 0)) {
      at++;
    }
    return at;
  }

  private long offset(int content) {
    return content < entries.size()
        ? ((TocEntry.File) entries.get(content)).chunks().getFirst().offset()
        : tocOffset;
  }

  /// Compares the headers up to the next content with the table of contents.
  private void headers(int content, long begin) throws IOException {
    if (members == null) {
      if (!entries.isEmpty()) {
        stop("the archive does not hold what its table of contents says");
      }
      return;
    }
    if (headersKnown) {
      try {
        compareHeaders(content, begin);
      } catch (ArchiveException.Damaged damaged) {
        problem = Optional.of("the archive is damaged between two files: " + damaged.getMessage());
        members.skipTo(begin);
      }
    } else {
      members.skipTo(begin);
    }
  }

  private void stop(String why) {
    problem = Optional.of(why);
    stopped = true;
  }

  private void compareHeaders(int content, long begin) throws IOException {
    TarWalk walk = new TarWalk(new TarBytes(members, begin));
    walk.padding(padding);
    for (TocEntry entry : entries.subList(next, Math.min(content + 1, entries.size()))) {
      if (!walk.isNext(entry)) {
        stop("the archive and its table of contents do not agree about " + entry.name());
        return;
      }
    }
    if (!walk.isAtEnd(false)) {
      stop("the archive holds what its table of contents does not tell");
    }
  }

  private void withoutContent(int end) throws IOException {
    for (; next < end; next++) {
      switch (entries.get(next)) {
        case TocEntry.Folder folder -> sink.folder(folder);
        case TocEntry.File file -> {
          sink.begin(file).close();
          sink.complete(file);
        }
      }
      extracted.add(entries.get(next).name());
    }
  }

  private void content(TocEntry.File file, long end) throws IOException {
    boolean proven = false;
    OutputStream out = sink.begin(file);
    try {
      try (out) {
        contents.file(file, end, out);
      }
      proven = true;
    } catch (ArchiveException.Damaged damaged) {
      notExtracted.add(new Extraction.NotExtracted(file.name(), damaged.getMessage()));
    } finally {
      if (!proven) {
        sink.abandon(file);
      }
    }
    headersKnown = proven;
    if (proven) {
      sink.complete(file);
      extracted.add(file.name());
      padding = TarHeaders.padding(file.sizeBytes());
    }
  }
}

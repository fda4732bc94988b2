package dev.vat.archive;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPOutputStream;

/// Archives that no writer of ours makes: put together piece by piece, with a table of contents
/// that says anything.
final class Forged {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  int position() {
    return out.size();
  }

  /// A gzip member.
  Forged member(byte[] content) throws IOException {
    try (OutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(content);
    }
    return this;
  }

  Forged raw(byte[] bytes) {
    out.writeBytes(bytes);
    return this;
  }

  /// The table of contents, and the footer.
  byte[] toc(String json) throws IOException {
    int offset = out.size();
    byte[] content = json.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream tar = new ByteArrayOutputStream();
    tar.writeBytes(TarHeaders.ofToc(content.length));
    tar.writeBytes(content);
    tar.writeBytes(new byte[TarHeaders.padding(content.length) + 1024]);
    member(tar.toByteArray());
    out.writeBytes(Footer.of(offset));
    return out.toByteArray();
  }

  /// The same archive with a table of contents that was changed.
  static byte[] withToc(byte[] archive, UnaryOperator<String> change) throws IOException {
    byte[] footer = Arrays.copyOfRange(archive, archive.length - Footer.BYTES, archive.length);
    int tocOffset = (int) Footer.tocOffset(footer);
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    ArchiveReader.open(new SampleTree.Memory(archive), ReadLimits.usual()).toc().write(json);
    Forged forged = new Forged().raw(Arrays.copyOf(archive, tocOffset));
    return forged.toc(change.apply(json.toString(StandardCharsets.UTF_8)));
  }
}

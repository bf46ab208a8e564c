using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using Orleans.Serialization.Buffers;
using Orleans.Serialization.Cloning;
using Orleans.Serialization.Codecs;
using Orleans.Serialization.WireProtocol;

namespace EcosystemSilo.Silo.Calls;

/// <summary>How Orleans carries an <see cref="Envelope"/>: as bytes of ours, and within a process not copied.</summary>
[RegisterSerializer]
[RegisterCopier]
internal sealed class EnvelopeCodec : IFieldCodec<Envelope>, IDeepCopier<Envelope>
{
    [return: NotNullIfNotNull(nameof(input))]
    public Envelope? DeepCopy(Envelope? input, CopyContext context) => input;

    public void WriteField<TBufferWriter>(
        ref Writer<TBufferWriter> writer,
        uint fieldIdDelta,
        Type? expectedType,
        Envelope? value
    )
        where TBufferWriter : IBufferWriter<byte>
    {
        if (value is null)
        {
            ReferenceCodec.WriteNullReference(ref writer, fieldIdDelta);
            return;
        }

        ReferenceCodec.MarkValueField(writer.Session);
        var bytes = new ArrayBufferWriter<byte>();
        EnvelopeBytes.Write(bytes, value);
        writer.WriteFieldHeader(fieldIdDelta, expectedType, typeof(Envelope), WireType.LengthPrefixed);
        writer.WriteVarUInt32((uint)bytes.WrittenCount);
        writer.Write(bytes.WrittenSpan);
    }

    public Envelope? ReadValue<TInput>(ref Reader<TInput> reader, Field field)
    {
        if (field.WireType == WireType.Reference)
        {
            return ReferenceCodec.ReadReference<Envelope, TInput>(ref reader, field);
        }

        ReferenceCodec.MarkValueField(reader.Session);
        field.EnsureWireType(WireType.LengthPrefixed);
        return EnvelopeBytes.Read(reader.ReadBytes(reader.ReadVarUInt32()));
    }
}

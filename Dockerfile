FROM python:3.12-slim
WORKDIR /opt/plenarywatch
COPY . .
RUN pip install --no-cache-dir -c constraints.txt -e ".[postgres,s3,dask]"
CMD ["plenarywatch", "--help"]

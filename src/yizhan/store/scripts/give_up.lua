local job = load(ARGV[4])
if not job or LISTED[job.state] or job.state == 'replied' or job.state == 'delivered' then
  return 0
end
if job.state == 'sending' then
  end_send(job, 0)
end
close(job, 'dead')
job.note = ARGV[5]
conclude(job, 'delivered')
save(job)
return 1
